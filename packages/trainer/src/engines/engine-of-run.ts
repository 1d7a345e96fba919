import { type RunRecord, wishOf } from "@fleuron/run-folder";
import type { EngineModule, Precision } from "@fleuron/training";
import { type ChosenEngine, chooseEngine } from "./choose-engine.js";
import { loadEngine } from "./index.js";

/** An engine, and what the run's record is to wish for from now on. */
export interface EngineToResume extends ChosenEngine {
  readonly wish: NonNullable<RunRecord["wish"]>;
}

/**
 * What goes on with a run: the engine that it wishes for, or the one that is wanted instead. The compute precision stays where
 * that engine has it, and else for the engines to come.
 *
 * @param shared whether ranks are to share each batch.
 * @throws FleuronError "engine-unavailable".
 */
export async function engineToResume(
  record: RunRecord,
  wanted?: string,
  shared = false,
): Promise<EngineToResume> {
  const wish = wishOf(record);
  const chosen = await chooseEngine({
    engine: wanted ?? wish.engine,
    mixedPrecision: "auto",
    mayRound: wish.precision === "bfloat16",
    shared,
  });
  const precision = precisionToResume(wish.precision, await loadEngine(chosen.name));
  const reason = wanted === undefined ? "the run's own" : chosen.reason;
  return {
    ...chosen,
    precision,
    reason:
      precision === wish.precision
        ? reason
        : `${reason}; it does not compute in ${wish.precision}, as the run began`,
    wish: { ...wish, engine: chosen.name },
  };
}

/** A run goes back to the compute precision that it began in as soon as its engine has it. */
export const precisionToResume = (
  wished: Precision,
  { precisions }: Pick<EngineModule, "precisions">,
): Precision => (precisions.includes(wished) ? wished : "float32");
