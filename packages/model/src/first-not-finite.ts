/** The index of the first value that is NaN or infinite; −1 without one. */
export function firstNotFinite(values: Float32Array): number {
  // A number times 0 is 0 unless it is infinite or NaN, so a sum tells in one pass without a branch.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * 0;
  return sum === 0 ? -1 : values.findIndex((value) => !Number.isFinite(value));
}
