import { lookAtGpu } from "@fleuron/machine";
import { loadEngine } from "@fleuron/trainer";
import type { Surroundings } from "@fleuron/training";
import type { Contender } from "./contenders.js";

/** Those that could compute here once they are installed: the ones on a GPU only where there is one. */
export async function contendersHere(
  contenders: readonly Contender[],
  machine: Surroundings,
): Promise<readonly Contender[]> {
  const here = await Promise.all(contenders.map((contender) => hasItsDevice(contender, machine)));
  return contenders.filter((_, index) => here[index]);
}

async function hasItsDevice(
  { engine, onGpu, precision }: Contender,
  machine: Surroundings,
): Promise<boolean> {
  if (!onGpu) return true;
  if ((await lookAtGpu(machine)).length > 0) return true;
  // A GPU of another maker is known where an engine has computed on it.
  const suited = engine && (await (await loadEngine(engine)).suits(machine, { precision, mayRound: false }));
  return suited !== undefined;
}
