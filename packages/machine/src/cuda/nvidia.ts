// An NVIDIA GPU and its driver.
import { promises as fs } from "node:fs";
import path from "node:path";
import type { Surroundings } from "@fleuron/training";
import { bad, type Finding, firstBad, good } from "@fleuron/training";
import { findProgram, runProgram } from "../programs/program.js";

/**
 * The oldest drivers: CUDA 12 runs on the first, and kernels of CUDA 12.5, with which TensorFlow 2.21 was built, are
 * compiled by the second. https://docs.nvidia.com/deploy/cuda-compatibility/
 */
const [DRIVER, COMPILING_DRIVER] = [525, 555];
/** The oldest that TensorFlow 2.21 has kernels for; `build_info.py` of its wheel names them. */
const COMPUTE_CAPABILITY = 6;
/** From here on the driver compiles TensorFlow's kernels: as machine code it brings them up to 8.9. */
export const COMPILED_FROM = 9;
const QUERY = ["--query-gpu=name,driver_version,memory.total,compute_cap", "--format=csv,noheader"];
const GPU = "NVIDIA GPU";
const INSTALL_DRIVER = `Install NVIDIA's driver ${DRIVER} or newer, for CUDA 12`;
const INSTALL_COMPILER = `Install NVIDIA's driver ${COMPILING_DRIVER} or newer: it compiles TensorFlow's kernels for this GPU`;

interface Gpu {
  /** What was found about the first GPU and its driver, until the first that is missing; none where no driver was ever installed. */
  readonly findings: readonly Finding[];
  readonly capability?: number;
}

/** The GPU and its driver, until the first that is missing; nothing where no driver was ever installed. */
export const lookAtGpu = async (surroundings: Surroundings): Promise<readonly Finding[]> =>
  (await inspect(surroundings)).findings;

/** As {@link lookAtGpu}, for what cannot do without one. */
export async function requiredGpu(surroundings: Surroundings): Promise<readonly Finding[]> {
  const findings = await lookAtGpu(surroundings);
  if (findings.length > 0) return findings;
  const hint = `${INSTALL_DRIVER}, where there is a GPU of NVIDIA: docs/gpu.md.`;
  return [bad(GPU, "none: there is no nvidia-smi on PATH", hint)];
}

/** The compute capability of the first GPU, such as 8.6; undefined where there is none that works. */
export async function computeCapability(surroundings: Surroundings): Promise<number | undefined> {
  const { findings, capability } = await inspect(surroundings);
  return firstBad(findings) === undefined ? capability : undefined;
}

async function inspect({ searchPath, visibleGpus = "0", libraryFolders }: Surroundings): Promise<Gpu> {
  const smi = await findProgram(["nvidia-smi"], searchPath);
  if (smi === undefined) return { findings: [] };
  const { finding: gpu, capability } = await askDriver(smi);
  if (!gpu.ok || capability === undefined) return { findings: [gpu] };
  if (/^(-1)?$/.test(visibleGpus)) {
    const found = `CUDA_VISIBLE_DEVICES is '${visibleGpus}', which hides it`;
    return { findings: [bad(GPU, found, "Unset it, or name a GPU: CUDA_VISIBLE_DEVICES=0.")] };
  }
  const driver = await findLibrary("libcuda.so.1", libraryFolders);
  if (driver !== undefined) return { findings: [gpu, good("libcuda", driver)], capability };
  const hint = "Install the driver's libraries too; in a container, start it with the NVIDIA runtime.";
  return { findings: [gpu, bad("libcuda", "libcuda.so.1 is in none of the system's folders", hint)] };
}

async function askDriver(smi: string): Promise<{ readonly finding: Finding; readonly capability?: number }> {
  const broken = (found: string, hint: string) => ({ finding: bad(GPU, found, hint) });
  try {
    const { stdout } = await runProgram(smi, QUERY, { task: "name the GPUs" });
    const [name, version, memory, capability] = stdout.trim().split("\n")[0]!.split(", ") as [
      string,
      string,
      string,
      string,
    ];
    if (!name || !/^\d+\.\d+/.test(version ?? ""))
      return broken("nvidia-smi names none", "Check that the GPU is given to this machine.");
    const found = `${name}, ${memory}, compute capability ${capability}, driver ${version}`;
    const driver = Number.parseInt(version, 10);
    if (driver < DRIVER) return broken(found, `${INSTALL_DRIVER}.`);
    if (Number(capability) >= COMPILED_FROM && driver < COMPILING_DRIVER)
      return broken(found, `${INSTALL_COMPILER}.`);
    if (!(Number(capability) >= COMPUTE_CAPABILITY))
      return broken(
        found,
        `TensorFlow 2.21 computes on GPUs of compute capability ${COMPUTE_CAPABILITY} and newer.`,
      );
    return { finding: good(GPU, found), capability: Number(capability) };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const old = words.includes("not a valid field");
    return broken(
      old ? "its driver is too old to tell its compute capability" : words,
      old ? `${INSTALL_DRIVER}.` : "Restart the machine after a driver's update, or install the driver anew.",
    );
  }
}

async function findLibrary(name: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const file = path.join(folder, name);
    if ((await fs.stat(file).catch(() => undefined)) !== undefined) return file;
  }
  return undefined;
}
