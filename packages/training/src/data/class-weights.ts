// Classes of few photos count for more, so that each class has the same share of the loss.
import type { BatchSettings } from "./batch-settings.js";

/**
 * The weight of each class by which all classes with photos count alike and the mean over all photos is 1: photos ÷ (classes × photos
 * of the class), as scikit-learn's "balanced".
 * @param labels the class of each training photo.
 */
export function balancedClassWeights(labels: readonly number[], classes: number): readonly number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]! += 1;
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 0 : labels.length / (present * count)));
}

/** The weight of each photo: that of its class, or of a mixed photo, of its classes in their shares. */
export function photoWeights(
  targets: Float32Array,
  {
    classes,
    labelSmoothing,
    classWeights,
  }: Pick<BatchSettings, "classes" | "labelSmoothing" | "classWeights">,
): Float32Array<ArrayBuffer> {
  const weights = new Float32Array(targets.length / classes).fill(1);
  if (classWeights === undefined) return weights;
  return weights.map((_, photo) => {
    const own = targets.subarray(photo * classes, (photo + 1) * classes);
    const share = (target: number) => (target - labelSmoothing / classes) / (1 - labelSmoothing);
    return classWeights.reduce((sum, weight, label) => sum + weight * share(own[label]!), 0);
  });
}

/** What the weighted losses of some photos are divided by: the sum of their weights, which mixing leaves as it is. */
export const sumOfWeights = (
  labels: readonly number[],
  { classWeights }: Pick<BatchSettings, "classWeights">,
): number =>
  classWeights === undefined ? labels.length : labels.reduce((sum, label) => sum + classWeights[label]!, 0);
