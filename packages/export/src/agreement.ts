/** How far two computations of the same photos' probabilities are apart. */
export interface Agreement {
  /** Largest |Δ probability| of any photo and label. */
  readonly maxDifference: number;
  /** Mean of |Δ probability| over photos and labels. */
  readonly meanDifference: number;
  /** Share of photos whose most probable label is the same. */
  readonly top1Agreement: number;
}

/** Probabilities are [photos, labels]; one that is no number makes both differences NaN. */
export function agreementOf(actual: Float32Array, expected: Float32Array, labels: number): Agreement {
  if (actual.length !== expected.length) {
    throw new RangeError(`${actual.length} probabilities cannot be compared with ${expected.length}`);
  }
  let maxDifference = 0;
  let sum = 0;
  for (let i = 0; i < actual.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    maxDifference = Math.max(maxDifference, difference);
    sum += difference;
  }
  const [named, meant] = [mostProbable(actual, labels), mostProbable(expected, labels)];
  return {
    maxDifference,
    meanDifference: sum / actual.length,
    top1Agreement: named.filter((label, photo) => label === meant[photo]).length / named.length,
  };
}

/** Share of the photos that are named as they are labelled. */
export function accuracyOf(probabilities: Float32Array, labels: number, actual: readonly number[]): number {
  const named = mostProbable(probabilities, labels);
  return named.filter((label, photo) => label === actual[photo]).length / named.length;
}

/** The most probable label of each photo; of equal ones the first. −1 where a probability is no number. */
function mostProbable(probabilities: Float32Array, labels: number): readonly number[] {
  return Array.from({ length: probabilities.length / labels }, (_, photo) => {
    const row = probabilities.subarray(photo * labels, (photo + 1) * labels);
    return row.indexOf(Math.max(...row));
  });
}
