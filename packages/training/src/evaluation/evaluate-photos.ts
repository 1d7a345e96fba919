import { type ProgressEvent, progress } from "@fleuron/model";
import type { TrainingData } from "../data/training-data.js";
import type { TrainingEngine } from "../engine/engine.js";
import { type EvaluationSums, evaluateBatches, type LabelledAnswer } from "./evaluate.js";

export interface EvaluatePhotosOptions {
  /** In words, for its progress. */
  readonly task: string;
  readonly classes: number;
  /** Given each photo's answer. */
  readonly hear?: (answer: LabelledAnswer, index: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What a network says of the validation photos of some data. @throws the signal's reason. */
export async function* evaluatePhotos(
  engine: Pick<TrainingEngine, "predict">,
  data: Pick<TrainingData, "validation" | "valCount">,
  { task, classes, hear, signal }: EvaluatePhotosOptions,
): AsyncGenerator<ProgressEvent, EvaluationSums> {
  const batches = evaluateBatches(engine, data.validation(), classes, hear);
  for (;;) {
    signal?.throwIfAborted();
    const { done, value } = await batches.next();
    if (done) return value;
    yield progress(task, value.count, data.valCount, "photos");
  }
}
