// Where 256 evenly spaced numbers should lie to stand for a tensor's weights with the smallest error.

/** Byte q stands for min + q × scale. */
export interface AffineRange {
  readonly min: number;
  readonly scale: number;
}

const steps = 255;
const bins = 4096;
/** Bins that one candidate is apart from the next. */
const stride = 16;

/**
 * The range [min, min + 255 × scale] with the smallest sum of squared errors, by a histogram of the values: what lies
 * beyond is clipped, and what lies within is off by a uniformly distributed part of a step, scale² ÷ 12 on average.
 * @param values finite, at least one.
 */
export function affineRange(values: Float32Array): AffineRange {
  let [lowest, highest] = [values[0]!, values[0]!];
  for (let i = 1; i < values.length; i++) {
    if (values[i]! < lowest) lowest = values[i]!;
    else if (values[i]! > highest) highest = values[i]!;
  }
  if (lowest === highest) return { min: lowest, scale: 0 };
  const width = (highest - lowest) / bins;
  const beyond = clippingErrors(histogram(values, lowest, width), width);
  let best = { error: Number.POSITIVE_INFINITY, from: 0, to: bins };
  for (let from = 0; from < bins; from += stride) {
    for (let to = bins; to > from; to -= stride) {
      const step = ((to - from) * width) / steps;
      const within = (beyond.count(from, to) * (step * step)) / 12;
      const error = within + beyond.below(from) + beyond.above(to);
      if (error < best.error) best = { error, from, to };
    }
  }
  return { min: lowest + best.from * width, scale: ((best.to - best.from) * width) / steps };
}

function histogram(values: Float32Array, lowest: number, width: number): Uint32Array {
  const counts = new Uint32Array(bins + 1);
  const perUnit = 1 / width;
  for (let i = 0; i < values.length; i++) counts[((values[i]! - lowest) * perUnit) | 0]!++;
  counts[bins - 1]! += counts[bins]!;
  return counts.subarray(0, bins);
}

/** Sums of squared distances of all that lies below or above an edge between bins, from sums over bins' middles. */
function clippingErrors(counts: Uint32Array, width: number) {
  const sums = new Float64Array(bins + 1);
  const moments = new Float64Array(bins + 1);
  const squares = new Float64Array(bins + 1);
  for (let bin = 0; bin < bins; bin++) {
    const middle = (bin + 0.5) * width;
    sums[bin + 1] = sums[bin]! + counts[bin]!;
    moments[bin + 1] = moments[bin]! + counts[bin]! * middle;
    squares[bin + 1] = squares[bin]! + counts[bin]! * middle * middle;
  }
  const distances = (from: number, to: number, edge: number) =>
    squares[to]! -
    squares[from]! -
    2 * edge * (moments[to]! - moments[from]!) +
    edge * edge * (sums[to]! - sums[from]!);
  return {
    count: (from: number, to: number) => sums[to]! - sums[from]!,
    below: (bin: number) => distances(0, bin, bin * width),
    above: (bin: number) => distances(bin, bins, bin * width),
  };
}
