// CUDA, as far as nvidia-smi knows of it.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const ask = async (query, more = []) => {
  const args = [`--query-${query}`, "--format=csv,noheader,nounits", ...more];
  const { stdout } = await promisify(execFile)("nvidia-smi", args);
  return stdout.trim().split("\n")[0].split(", ");
};

/** The first GPU and its driver, or why there is none. */
export async function lookAtCuda() {
  try {
    const [gpu, driver] = await ask("gpu=name,driver_version");
    return { found: true, gpu, driver };
  } catch (error) {
    const why =
      error.code === "ENOENT" ? "there is no nvidia-smi on PATH" : (error.stdout || error.message).trim();
    return { found: false, why };
  }
}

/** What lies in the memory of the first GPU, in bytes; null where nvidia-smi does not say. */
export const gpuMemory = () =>
  ask("gpu=memory.used").then(
    ([mebibytes]) => Number(mebibytes) * 2 ** 20,
    () => null,
  );
