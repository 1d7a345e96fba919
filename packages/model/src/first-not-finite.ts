/** The index of the first value that is NaN or infinite; −1 without one. */
export function firstNotFinite(values: Float32Array): number {
  // A number times 0 is 0 unless it is infinite or NaN, so sums tell in one pass without a branch. Four of them,
  // because each addition waits for the one before it.
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  const whole = values.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    first += values[i]! * 0;
    second += values[i + 1]! * 0;
    third += values[i + 2]! * 0;
    fourth += values[i + 3]! * 0;
  }
  for (let i = whole; i < values.length; i++) first += values[i]! * 0;
  const sum = first + second + third + fourth;
  return sum === 0 ? -1 : values.findIndex((value) => !Number.isFinite(value));
}
