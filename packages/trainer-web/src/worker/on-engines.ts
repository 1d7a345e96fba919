import { FleuronError } from "@fleuron/model";
import type { TrainingEngine } from "@fleuron/training";
import type { WebEngineName } from "../options.js";

/** Opens another engine in place of one whose GPU was lost. */
type Reopen = (engines: readonly WebEngineName[] | undefined, error: FleuronError) => Promise<TrainingEngine>;

/** Trains on an engine, after a lost GPU once more on what there is then, and after another one on WASM. */
export async function onEngines<Result>(
  first: TrainingEngine,
  train: (engine: TrainingEngine) => Promise<Result>,
  reopen: Reopen,
): Promise<Result> {
  let engine = first;
  for (let lost = 1; ; lost++) {
    let error: FleuronError;
    try {
      return await train(engine);
    } catch (cause) {
      if (!(cause instanceof FleuronError && cause.code === "device-lost")) throw cause;
      error = cause;
    } finally {
      await engine[Symbol.asyncDispose]();
    }
    engine = await reopen(lost > 1 ? ["wasm"] : undefined, error);
  }
}
