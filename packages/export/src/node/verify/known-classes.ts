/** What needs the classes of photos: null where one of them is not known. */
import { type LargestClass, largestClass } from "@fleuron/model";
import { accuracyOf } from "../../agreement.js";
import type { PhotoToVerify } from "./read-inputs.js";

function knownLabels(photos: readonly PhotoToVerify[]): readonly number[] | undefined {
  const known = photos.flatMap(({ label }) => label ?? []);
  return known.length === photos.length ? known : undefined;
}

export function knownAccuracy(
  probabilities: Float32Array,
  photos: readonly PhotoToVerify[],
  labels: number,
): number | null {
  const known = knownLabels(photos);
  return known ? accuracyOf(probabilities, labels, known) : null;
}

export function knownLargestClass(
  photos: readonly PhotoToVerify[],
  labels: readonly string[],
): LargestClass | null {
  const known = knownLabels(photos);
  if (!known) return null;
  return largestClass(
    labels.map((label, index) => ({ label, count: known.filter((one) => one === index).length })),
  );
}
