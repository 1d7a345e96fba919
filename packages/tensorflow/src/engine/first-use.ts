import { promises as fs } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { COMPILED_FROM } from "@fleuron/machine";

/** What to expect of the first step on a GPU, where CUDA has no compiled kernels on disk yet; else undefined. */
export async function firstUse(
  computeCapability: number,
  folder = computeCache(),
): Promise<string | undefined> {
  if (computeCapability < COMPILED_FROM) return undefined;
  const compiled = await fs.readdir(folder).catch(() => []);
  if (compiled.length > 0) return undefined;
  return (
    `TensorFlow compiles its kernels for compute capability ${computeCapability.toFixed(1)} now, once: ` +
    `the first steps may take minutes, up to half an hour. They are kept in ${folder}.`
  );
}

/** https://docs.nvidia.com/cuda/cuda-c-programming-guide/#env-vars */
const computeCache = (): string => process.env.CUDA_CACHE_PATH || path.join(homedir(), ".nv/ComputeCache");
