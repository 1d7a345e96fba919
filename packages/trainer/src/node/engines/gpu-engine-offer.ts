import { firstBad } from "../../engine/finding.js";
import { installCommand, lookAtGpu, lookAtInstallation } from "../doctor/look/index.js";
import { type Surroundings, thisMachine } from "../doctor/surroundings.js";
import { installableEngines } from "../engine-install/installable.js";

/** An engine that is not installed and would compute on the GPU of this machine. */
export interface GpuEngineOffer {
  readonly engine: string;
  /** That installs it. */
  readonly command: string;
  /** The GPU, in words. */
  readonly gpu: string;
  /** What installing it fetches. */
  readonly bytes: number;
}

/** `undefined` without a GPU that works, and where the engine is there already, whole or not. */
export async function gpuEngineOffer(
  surroundings: Surroundings = thisMachine(),
): Promise<GpuEngineOffer | undefined> {
  const [gpu, ...rest] = await lookAtGpu(surroundings);
  if (gpu === undefined || firstBad([gpu, ...rest]) !== undefined) return undefined;
  const engine = installableEngines["tfjs-node-gpu"];
  const missing = firstBad(await lookAtInstallation(engine, surroundings));
  if (missing?.what !== "installed") return undefined;
  const wheels = [engine.library, ...Object.values(engine.cuda)];
  const bytes = wheels.reduce((sum, { file }) => sum + file.bytes, 0);
  return { engine: engine.name, command: installCommand(engine.name), gpu: gpu.found, bytes };
}
