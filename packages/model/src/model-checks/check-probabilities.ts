import type { DescribedModel } from "./described-model.js";
import { modelCheckError } from "./errors.js";

/** What rounding may add to or take from a sum of 1. */
const TOLERANCE = 0.01;

/**
 * Checks what a model has given: for each photo a probability for each label, of a sum of 1.
 * @param photos how many there were in the batch.
 * @throws FleuronError `model-unusable`.
 */
export function checkProbabilities(
  probabilities: Float32Array,
  photos: number,
  { manifest, subject }: DescribedModel,
): void {
  const labels = manifest.labels.length;
  const { length } = probabilities;
  if (length !== photos * labels) {
    const problem = `gave ${length} numbers instead of ${photos} × ${labels} (photos × labels)`;
    throw modelCheckError("model-unusable", subject, problem);
  }
  for (let start = 0; start < length; start += labels) {
    const row = probabilities.subarray(start, start + labels);
    // Both are false for NaN.
    if (row.every((value) => value >= 0) && Math.abs(row.reduce(add) - 1) < TOLERANCE) continue;
    const shown = `${row.subarray(0, 3).join(", ")}${labels > 3 ? ", …" : ""}`;
    throw modelCheckError("model-unusable", subject, `gave values that are not probabilities: ${shown}`);
  }
}

const add = (sum: number, value: number) => sum + value;
