import { FleuronError } from "@fleuron/model";
import type { TrainingEngine } from "@fleuron/training";

/**
 * Trains on an engine, and each time that its GPU is lost on the one that `reopen` gives.
 * @param reopen gets the number of those lost so far.
 */
export async function onEngines<Result>(
  first: TrainingEngine,
  train: (engine: TrainingEngine) => Promise<Result>,
  reopen: (lost: number, error: FleuronError) => Promise<TrainingEngine>,
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
    engine = await reopen(lost, error);
  }
}
