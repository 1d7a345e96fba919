import type { Answer } from "@fleuron/model";
import type { LabelledBatch } from "../data/training-data.js";
import type { TrainingEngine } from "../engine/engine.js";

export interface EvaluationSums {
  /** Σ cross-entropy, unsmoothed, in nats. */
  loss: number;
  correct: number;
  count: number;
  /** `confusion[actual][predicted]`. */
  readonly confusion: number[][];
  /** One for each photo, in order. */
  readonly answers: Answer[];
}

/** What a network says of a photo, and what it shows. */
export interface LabelledAnswer {
  readonly logProbabilities: readonly number[];
  readonly label: number;
}

/**
 * Adds batch after batch, a photo's views as one; yields after each so that a caller can tell how far it is.
 * @param hear is given each photo's answer.
 */
export async function* evaluateBatches(
  engine: Pick<TrainingEngine, "predict">,
  batches: AsyncIterable<LabelledBatch>,
  classes: number,
  hear?: (answer: LabelledAnswer, index: number) => void,
): AsyncGenerator<EvaluationSums, EvaluationSums> {
  const sums = emptySums(classes);
  for await (const batch of batches) {
    const logits = await engine.predict(batch);
    const perPhoto = (batch.views ?? 1) * classes;
    for (let photo = 0; photo * perPhoto < logits.data.length; photo++) {
      const views = logits.data.subarray(photo * perPhoto, (photo + 1) * perPhoto);
      const answer = {
        logProbabilities: meanLogProbabilities(views, classes),
        label: batch.labels[photo]!,
      };
      hear?.(answer, sums.count);
      addPhoto(sums, answer);
    }
    yield sums;
  }
  return sums;
}

export const emptySums = (classes: number): EvaluationSums => ({
  loss: 0,
  correct: 0,
  count: 0,
  confusion: Array.from({ length: classes }, () => new Array<number>(classes).fill(0)),
  answers: [],
});

/** Adds one photo by the logarithms of its class probabilities and its true class. */
export function addPhoto(sums: EvaluationSums, { logProbabilities, label }: LabelledAnswer): void {
  const greatest = Math.max(...logProbabilities);
  const predicted = logProbabilities.indexOf(greatest);
  const right = predicted === label;
  sums.loss -= logProbabilities[label]!;
  sums.correct += Number(right);
  sums.count += 1;
  sums.confusion[label]![Math.max(predicted, 0)]! += 1;
  sums.answers.push({ confidence: Math.exp(greatest), right });
}

/** Logarithms of the class probabilities of one photo, which are the means of its views' probabilities. */
function meanLogProbabilities(logits: Float32Array, classes: number): readonly number[] {
  const views = Array.from({ length: logits.length / classes }, (_, view) => {
    const row = logits.subarray(view * classes, (view + 1) * classes);
    const normalizer = logSumExp(row);
    return Array.from(row, (value) => value - normalizer);
  });
  if (views.length === 1) return views[0]!;
  return Array.from(
    { length: classes },
    (_, label) => logSumExp(views.map((view) => view[label]!)) - Math.log(views.length),
  );
}

/** Class probabilities of one photo. */
export function softmax(logits: Float32Array): Float32Array {
  const normalizer = logSumExp(logits);
  return logits.map((value) => Math.exp(value - normalizer));
}

/** log Σ exp(value), also of values whose exponentials are too large. */
export function logSumExp(values: Iterable<number>): number {
  const largest = Math.max(...values);
  let sum = 0;
  for (const value of values) sum += Math.exp(value - largest);
  return largest + Math.log(sum);
}
