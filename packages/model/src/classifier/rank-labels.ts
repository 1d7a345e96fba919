export interface LabelProbability {
  readonly label: string;
  readonly probability: number;
}

/** The `topK` most probable labels, highest first; equal ones keep the labels' order. Default: all. */
export function rankLabels(
  probabilities: ArrayLike<number>,
  labels: readonly string[],
  topK = labels.length,
): readonly LabelProbability[] {
  return labels
    .map((label, index) => ({ label, probability: probabilities[index]! }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, topK);
}
