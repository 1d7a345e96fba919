// An NVIDIA GPU and its driver.
import { promises as fs } from "node:fs";
import path from "node:path";
import { bad, type Finding, good } from "../../../engine/finding.js";
import { findProgram, runProgram } from "../../engine-install/program.js";
import type { Surroundings } from "../surroundings.js";

/** CUDA 12 runs on this driver and newer ones: https://docs.nvidia.com/deploy/cuda-compatibility/ */
const DRIVER = 525;
const QUERY = ["--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"];

/** The GPU and its driver, until the first that is missing; nothing where no driver was ever installed. */
export async function lookAtGpu(surroundings: Surroundings): Promise<readonly Finding[]> {
  const smi = await findProgram(["nvidia-smi"], surroundings.searchPath);
  if (smi === undefined) return [];
  const gpu = await askDriver(smi);
  if (!gpu.ok) return [gpu];
  const driver = await findLibrary("libcuda.so.1", surroundings.libraryFolders);
  if (driver !== undefined) return [gpu, good("libcuda", driver)];
  const hint = "Install the driver's libraries too; in a container, start it with the NVIDIA runtime.";
  return [gpu, bad("libcuda", "libcuda.so.1 is in none of the system's folders", hint)];
}

async function askDriver(smi: string): Promise<Finding> {
  const what = "NVIDIA GPU";
  try {
    const { stdout } = await runProgram(smi, QUERY, { task: "name the GPUs" });
    const [name, version, memory] = stdout.trim().split("\n")[0].split(", ");
    if (!name || !/^\d+\.\d+/.test(version ?? ""))
      return bad(what, "nvidia-smi names none", "Check that the GPU is given to this machine.");
    const found = `${name}, ${memory}, driver ${version}`;
    const recent = Number.parseInt(version, 10) >= DRIVER;
    return recent ? good(what, found) : bad(what, found, `Install driver ${DRIVER} or newer, for CUDA 12.`);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return bad(what, words, "Restart the machine after a driver's update, or install the driver anew.");
  }
}

async function findLibrary(name: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const file = path.join(folder, name);
    if ((await fs.stat(file).catch(() => undefined)) !== undefined) return file;
  }
  return undefined;
}
