// An NVIDIA GPU: its driver, and CUDA's libraries beside libtensorflow or in the system's folders.
import { promises as fs } from "node:fs";
import path from "node:path";
import { bad, type Finding, good } from "../../../engine/finding.js";
import { findProgram, runProgram } from "../../engine-install/program.js";
import type { Surroundings } from "../surroundings.js";

/** CUDA 12 runs on this driver and newer ones: https://docs.nvidia.com/deploy/cuda-compatibility/ */
const DRIVER = 525;
const QUERY = ["--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"];

/** The driver and the GPU, until the first that is missing. */
export async function lookAtGpu(surroundings: Surroundings): Promise<readonly Finding[]> {
  const smi = await findProgram(["nvidia-smi"], surroundings.searchPath);
  if (smi === undefined) {
    return [
      bad("NVIDIA GPU", "nvidia-smi is not on PATH", "On a machine with an NVIDIA GPU, install its driver."),
    ];
  }
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

/** By the sonames that libtensorflow 2.21 asks for. */
const CUDA_LIBRARIES = ["libcudart.so.12", "libcublas.so.12", "libcudnn.so.9"];

/** `folders` are searched with all that is below them. */
export async function lookAtCuda(
  folder: string,
  surroundings: Surroundings,
  hint: string,
): Promise<readonly Finding[]> {
  const entries = await fs.readdir(folder, { recursive: true }).catch(() => []);
  const findings: Finding[] = [];
  for (const name of CUDA_LIBRARIES) {
    const own = entries.find((entry) => path.basename(entry) === name);
    const file =
      own !== undefined ? path.join(folder, own) : await findLibrary(name, surroundings.libraryFolders);
    const what = name.replace(/\.so.*/, "");
    if (file === undefined) return [...findings, bad(what, `${name} is not there`, hint)];
    findings.push(good(what, file));
  }
  return findings;
}

async function findLibrary(name: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const file = path.join(folder, name);
    if ((await fs.stat(file).catch(() => undefined)) !== undefined) return file;
  }
  return undefined;
}
