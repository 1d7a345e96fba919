import type { LabelledBatch } from "../data/training-data.js";
import type { TrainingEngine } from "../engine/engine.js";

export interface EvaluationSums {
  /** Σ cross-entropy, unsmoothed, in nats. */
  loss: number;
  correct: number;
  count: number;
  /** `confusion[actual][predicted]`. */
  readonly confusion: number[][];
}

/** Adds batch after batch; yields after each so that a caller can tell how far it is. */
export async function* evaluateBatches(
  engine: Pick<TrainingEngine, "predict">,
  batches: AsyncIterable<LabelledBatch>,
  classes: number,
): AsyncGenerator<EvaluationSums, EvaluationSums> {
  const sums: EvaluationSums = {
    loss: 0,
    correct: 0,
    count: 0,
    confusion: Array.from({ length: classes }, () => new Array<number>(classes).fill(0)),
  };
  for await (const batch of batches) {
    const logits = await engine.predict(batch);
    for (let photo = 0; photo < batch.size; photo++) {
      const row = logits.data.subarray(photo * classes, (photo + 1) * classes);
      const label = batch.labels[photo];
      const predicted = row.indexOf(Math.max(...row));
      sums.loss += logSumExp(row) - row[label];
      sums.correct += Number(predicted === label);
      sums.count += 1;
      sums.confusion[label][Math.max(predicted, 0)] += 1;
    }
    yield sums;
  }
  return sums;
}

/** Class probabilities of one photo. */
export function softmax(logits: Float32Array): Float32Array {
  const normalizer = logSumExp(logits);
  return logits.map((value) => Math.exp(value - normalizer));
}

function logSumExp(logits: Float32Array): number {
  const largest = Math.max(...logits);
  return largest + Math.log(logits.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
