import type { ProgressEvent } from "@fleuron/model";
import type { TrainingData } from "../data/training-data.js";
import type { TrainingEngine } from "../engine/engine.js";
import { evaluateBatches } from "./evaluate.js";

export interface ValidationOptions {
  readonly engine: Pick<TrainingEngine, "predict">;
  readonly data: TrainingData;
  readonly classes: number;
}

export async function* validate({
  engine,
  data,
  classes,
}: ValidationOptions): AsyncGenerator<
  ProgressEvent,
  { readonly valLoss: number; readonly valAccuracy: number }
> {
  const batches = evaluateBatches(engine, data.validation(), classes);
  for (;;) {
    const { done, value: sums } = await batches.next();
    if (done) return { valLoss: sums.loss / sums.count, valAccuracy: sums.correct / sums.count };
    yield {
      type: "progress",
      task: "validating",
      completed: sums.count,
      total: data.valCount,
      unit: "photos",
    };
  }
}
