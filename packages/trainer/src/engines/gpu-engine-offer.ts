import { lookAtGpu, thisMachine } from "@fleuron/machine";
import { installableEngines, installCommand, lookAtInstallation } from "@fleuron/tensorflow";
import type { Surroundings } from "@fleuron/training";
import { firstBad } from "@fleuron/training";

/** An engine that is not installed and would compute on the GPU of this machine. */
export interface GpuEngineOffer {
  readonly engine: string;
  /** What installs it, with the function in backticks; where a compiler or npm is missing, after what installs that. */
  readonly command: string;
  /** Whether it can be installed at once: nothing that installing needs is missing. */
  readonly atOnce: boolean;
  /** The GPU, in words. */
  readonly gpu: string;
  /** What installing it fetches. */
  readonly bytes: number;
}

/** `undefined` without a GPU that works, and where the engine is installed already. */
export async function gpuEngineOffer(
  surroundings: Surroundings = thisMachine(),
): Promise<GpuEngineOffer | undefined> {
  const [gpu, ...rest] = await lookAtGpu(surroundings);
  if (gpu === undefined || firstBad([gpu, ...rest]) !== undefined) return undefined;
  const engine = installableEngines["tfjs-node-gpu"];
  const missing = firstBad(await lookAtInstallation(engine, surroundings));
  if (missing?.code !== "not-installed") return undefined;
  const wheels = [engine.library, ...Object.values(engine.cuda)];
  const bytes = wheels.reduce((sum, { file }) => sum + file.bytes, 0);
  const command = installCommand(engine.name);
  const { hint = command } = missing;
  return { engine: engine.name, command: hint, atOnce: hint === command, gpu: gpu.found, bytes };
}
