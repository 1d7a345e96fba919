import { thisMachine } from "@fleuron/machine";
import type { GpuEngineOffer, Surroundings } from "@fleuron/training";
import { engineNames, loadEngine } from "./index.js";

/** The first engine of the table that would compute on a GPU which lies idle without it. */
export async function gpuEngineOffer(
  surroundings: Surroundings = thisMachine(),
): Promise<GpuEngineOffer | undefined> {
  for (const name of engineNames) {
    const engine = await loadEngine(name);
    const offer = await engine.offer?.(surroundings);
    if (offer !== undefined) return offer;
  }
  return undefined;
}
