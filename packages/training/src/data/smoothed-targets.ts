import type { BatchSettings } from "./batch-settings.js";

/** Class probabilities of some photos, [photos, classes], from the class of each. */
export function smoothedTargets(
  labels: readonly number[],
  { classes, labelSmoothing }: Pick<BatchSettings, "classes" | "labelSmoothing">,
): Float32Array<ArrayBuffer> {
  const targets = new Float32Array(labels.length * classes).fill(labelSmoothing / classes);
  for (const [index, label] of labels.entries()) targets[index * classes + label]! += 1 - labelSmoothing;
  return targets;
}
