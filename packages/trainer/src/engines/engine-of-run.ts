import { thisMachine } from "@fleuron/machine";
import type { RunRecord } from "@fleuron/run-folder";
import type { TrainingPlan } from "@fleuron/training";
import { firstBad } from "@fleuron/training";
import { type ChosenEngine, chooseEngine } from "./choose-engine.js";
import { engineNames, loadEngine } from "./index.js";

/**
 * What predicts with a run's weights: the engine that trained them where it works, else `onnx-cpu`, for a checkpoint
 * belongs to no engine.
 */
export async function engineOfRun({
  engine: { engine },
  plan,
}: RunRecord): Promise<{ readonly engine: string; readonly plan: TrainingPlan }> {
  const known = engineNames.includes(engine) ? await loadEngine(engine) : undefined;
  const works = known !== undefined && firstBad(await known.probe(thisMachine())) === undefined;
  return works ? { engine, plan } : { engine: "onnx-cpu", plan: { ...plan, precision: "float32" } };
}

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
