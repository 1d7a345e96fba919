import {
  type Calibration,
  type Evaluation,
  type LabelProbability,
  rejectionOf,
  reliabilityOf,
} from "@fleuron/model";
import { isFittedTo } from "./calibrate.js";
import { addPhoto, type EvaluationSums, emptySums } from "./evaluate.js";

export interface EvaluatedNetwork {
  readonly labels: readonly string[];
  readonly calibration: Calibration;
  /** Whether that was fitted to half of these photos. */
  readonly fittedToHalf: boolean;
}

/** The figures of an evaluation; a share of nothing is 0. */
export function evaluationOf(
  { loss, correct, count, confusion, answers }: EvaluationSums,
  { labels, calibration, fittedToHalf }: EvaluatedNetwork,
): Evaluation {
  const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  const { temperature, rejectBelow } = calibration;
  const unseen = fittedToHalf ? answers.filter((_, index) => !isFittedTo(index, count)) : answers;
  return {
    accuracy: ratio(correct, count),
    loss: ratio(loss, count),
    count,
    labels,
    confusion,
    perClass: labels.map((label, index) => {
      const right = confusion[index]![index]!;
      const actual = confusion[index]!.reduce((sum, value) => sum + value, 0);
      const predicted = confusion.reduce((sum, row) => sum + row[index]!, 0);
      const [precision, recall] = [ratio(right, predicted), ratio(right, actual)];
      return {
        label,
        count: actual,
        precision,
        recall,
        f1: ratio(2 * precision * recall, precision + recall),
      };
    }),
    temperature,
    reliability: reliabilityOf(unseen),
    ...(rejectBelow !== undefined && { rejection: rejectionOf(unseen, rejectBelow) }),
  };
}

/** Float32 has no smaller number: a probability that was rounded to 0 does not make the loss infinite. */
const SMALLEST = 2 ** -149;

/** What predictions on photos of known classes come to; `label` is an index into `labels`. */
export function evaluationOfPredictions(
  photos: readonly { readonly label: number; readonly predictions: readonly LabelProbability[] }[],
  network: EvaluatedNetwork,
): Evaluation {
  const { labels } = network;
  const sums = emptySums(labels.length);
  for (const { label, predictions } of photos) {
    const byLabel = new Map(predictions.map(({ label, probability }) => [label, probability]));
    const logProbabilities = labels.map((name) =>
      Math.log(Math.max(byLabel.get(name) ?? Number.NaN, SMALLEST)),
    );
    addPhoto(sums, { logProbabilities, label });
  }
  return evaluationOf(sums, network);
}
