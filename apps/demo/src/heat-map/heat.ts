// From what each patch took away to how much each place matters.
import type { Patch } from "./patches.js";

/** Values in rows from the top, of cells that are spread over the whole photo. */
export interface Heat {
  readonly columns: number;
  readonly rows: number;
  /** Each cell: the mean fall of the label's probability under the patches that cover its middle. May be negative. */
  readonly values: Float32Array;
}

const LONGER_SIDE = 64;

/**
 * The more a label's probability falls when a place is covered, the more that place decided. Occlusion sensitivity:
 * Zeiler & Fergus, "Visualizing and Understanding Convolutional Networks" (2014), section 4.2.
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
  const counts = new Uint16Array(values.length);
  for (const [index, fall] of falls.entries()) {
    const { x, y, side } = patches[index]!;
    const [left, right] = middlesIn(x, side, columns / width, columns);
    const [top, bottom] = middlesIn(y, side, rows / height, rows);
    for (let row = top; row < bottom; row++) {
      for (let at = row * columns + left; at < row * columns + right; at++) {
        values[at]! += fall;
        counts[at]!++;
      }
    }
  }
  for (const [at, covered] of counts.entries()) if (covered > 0) values[at]! /= covered;
  return { columns, rows, values };
}

/** The cells whose middles lie from `start` on for `side` pixels. */
function middlesIn(start: number, side: number, cellsPerPixel: number, cells: number) {
  const first = Math.ceil(start * cellsPerPixel - 0.5);
  const end = Math.ceil((start + side) * cellsPerPixel - 0.5);
  return [Math.max(0, first), Math.min(cells, end)] as const;
}
