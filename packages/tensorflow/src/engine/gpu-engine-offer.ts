import { installCommand } from "@fleuron/installer";
import { lookAtGpu } from "@fleuron/machine";
import { type Finding, firstBad, type GpuEngineOffer, type Surroundings } from "@fleuron/training";
import type { InstallableEngine } from "../install/installable.js";
import { lookAtInstallation } from "../look/installation.js";

/** The GPU, where it and its driver work. */
export async function gpuOf(surroundings: Surroundings): Promise<Finding | undefined> {
  const findings = await lookAtGpu(surroundings);
  return firstBad(findings) === undefined ? findings[0] : undefined;
}

/** `undefined` without a GPU that works, and where the engine is installed already. */
export async function gpuEngineOffer(
  engine: InstallableEngine,
  surroundings: Surroundings,
): Promise<GpuEngineOffer | undefined> {
  const gpu = await gpuOf(surroundings);
  if (gpu === undefined) return undefined;
  const missing = firstBad(await lookAtInstallation(engine, surroundings));
  if (missing?.code !== "not-installed") return undefined;
  const wheels = [engine.library, ...Object.values(engine.cuda)];
  const bytes = wheels.reduce((sum, { file }) => sum + file.bytes, 0);
  const command = installCommand(engine.name);
  const { hint = command } = missing;
  return { engine: engine.name, command: hint, atOnce: hint === command, gpu: gpu.found, bytes };
}
