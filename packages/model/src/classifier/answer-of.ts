import type { Calibration } from "../evaluation/calibration.js";
import type { Classification } from "./classifier.js";
import { rankLabels } from "./rank-labels.js";

/** What a classifier says of a photo, without the time that it took. */
export type NamedPhoto = Pick<Classification, "predictions" | "rejected">;

export interface Naming {
  readonly labels: readonly string[];
  readonly rejectBelow?: Calibration["rejectBelow"] | undefined;
  /** Default: all. */
  readonly topK?: number | undefined;
}

/** What the probabilities of a photo, in the order of the labels, say of it. */
export function answerOf(
  probabilities: ArrayLike<number>,
  { labels, rejectBelow = 0, topK }: Naming,
): NamedPhoto {
  const predictions = rankLabels(probabilities, labels, topK);
  return { predictions, rejected: predictions[0]!.probability < rejectBelow };
}
