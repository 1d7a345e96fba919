import type { RunRecord } from "@fleuron/run-folder";
import { type ChosenEngine, chooseEngine } from "./choose-engine.js";
import { loadEngine } from "./index.js";

/**
 * What goes on with a run: its own engine, or the one that is wanted instead. The precision stays where that engine has
 * it.
 *
 * @throws FleuronError "engine-unavailable".
 */
export async function engineToResume({ engine, plan }: RunRecord, wanted?: string): Promise<ChosenEngine> {
  const chosen = await chooseEngine({
    engine: wanted ?? engine.engine,
    mixedPrecision: "auto",
    mayRound: plan.precision === "bfloat16",
  });
  const { precisions } = await loadEngine(chosen.name);
  const precision = precisions.includes(plan.precision) ? plan.precision : "float32";
  return { ...chosen, precision, reason: wanted === undefined ? "the run's own" : chosen.reason };
}
