// From what each patch took away to how much each place matters.
import type { Patch } from "./patches.js";

/** Values in rows from the top, of cells that are spread over the whole photo. */
export interface Heat {
  readonly columns: number;
  readonly rows: number;
  /** The value of each cell: the mean fall of the label's probability under the patches that cover its middle. May be negative. */
  readonly values: Float32Array;
}

const LONGER_SIDE = 64;

/**
 * The more a label's probability falls when a place is covered, the more that place decided. Occlusion sensitivity:
 * Zeiler & Fergus, "Visualizing and Understanding Convolutional Networks" (2014), section 4.2. A patch counts most in
 * its middle and nothing at its edges, so that the map has no steps.
 * @param falls for each patch, the probability of the whole photo less that of the covered one.
 */
export function heatOf(
  width: number,
  height: number,
  patches: readonly Patch[],
  falls: readonly number[],
): Heat {
  const scale = LONGER_SIDE / Math.max(width, height);
  const columns = Math.max(1, Math.round(width * scale));
  const rows = Math.max(1, Math.round(height * scale));
  const values = new Float32Array(columns * rows);
  const weights = new Float32Array(columns * rows);
  for (const [index, fall] of falls.entries()) {
    const { x, y, side } = patches[index]!;
    const across = tent(x, side, width / columns, columns);
    const down = tent(y, side, height / rows, rows);
    for (const [row, vertical] of down) {
      for (const [column, horizontal] of across) {
        values[row * columns + column]! += vertical * horizontal * fall;
        weights[row * columns + column]! += vertical * horizontal;
      }
    }
  }
  for (const [at, weight] of weights.entries()) if (weight > 0) values[at]! /= weight;
  return { columns, rows, values };
}

/** The cells whose middles the patch covers, each with its weight: 1 in the patch's middle, falling to 0 at its edges. */
function tent(start: number, side: number, pixelsPerCell: number, cells: number) {
  const weighted: [cell: number, weight: number][] = [];
  for (let cell = 0; cell < cells; cell++) {
    const fromMiddle = (cell + 0.5) * pixelsPerCell - (start + side / 2);
    const weight = 1 - Math.abs(fromMiddle) / (side / 2);
    if (weight > 0) weighted.push([cell, weight]);
  }
  return weighted;
}
