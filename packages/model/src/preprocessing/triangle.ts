/**
 * Triangle (antialiased linear) resampling, equal to `Image.resize(size, BILINEAR, box)` of Pillow up to
 * 12.3 bit for bit: 22-bit fixed-point weights, first along rows, then along columns, rounded to 8 bits
 * after each. (Pillow 13 takes columns first where a photo of W × H becomes one of w × h and H − h > 2 (W − w): at most
 * 1 level apart.) The weights are positive and sum to 1, so that the sums need no clamping.
 */
import type { Span } from "./box.js";
import type { RgbImage } from "./image.js";
import { type AxisWeights, triangleWeights, WEIGHT_BITS } from "./triangle-weights.js";

const HALF = 1 << (WEIGHT_BITS - 1);

/** Rows between the two passes; grows to the largest need and stays, so that a photo makes no garbage. */
let scratch = new Uint8Array(0);

export function resampleTriangle(image: RgbImage, horizontal: Span, vertical: Span, out: RgbImage): void {
  const columns = triangleWeights(image.width, horizontal, out.width);
  const rows = triangleWeights(image.height, vertical, out.height);
  const firstRow = rows.first[0]!;
  const rowCount = rows.first[out.height - 1]! + rows.taps[out.height - 1]! - firstRow;
  const needed = rowCount * out.width * 3;
  if (scratch.length < needed) scratch = new Uint8Array(needed);
  resampleRows(image, firstRow, rowCount, columns, scratch);
  resampleColumns(scratch, firstRow, rows, out);
}

function resampleRows(
  image: RgbImage,
  firstRow: number,
  rowCount: number,
  { first, taps, weights, stride }: AxisWeights,
  target: Uint8Array,
): void {
  const source = image.data;
  let at = 0;
  for (let row = firstRow; row < firstRow + rowCount; row++) {
    const rowStart = row * image.width * 3;
    for (let x = 0; x < first.length; x++) {
      const firstWeight = x * stride;
      const lastWeight = firstWeight + taps[x]!;
      let from = rowStart + first[x]! * 3;
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      for (let tap = firstWeight; tap < lastWeight; tap++) {
        const weight = weights[tap]!;
        red = (red + Math.imul(source[from]!, weight)) | 0;
        green = (green + Math.imul(source[from + 1]!, weight)) | 0;
        blue = (blue + Math.imul(source[from + 2]!, weight)) | 0;
        from += 3;
      }
      target[at++] = red >> WEIGHT_BITS;
      target[at++] = green >> WEIGHT_BITS;
      target[at++] = blue >> WEIGHT_BITS;
    }
  }
}

function resampleColumns(
  source: Uint8Array,
  firstRow: number,
  { first, taps, weights, stride }: AxisWeights,
  out: RgbImage,
): void {
  const target = out.data;
  const rowLength = out.width * 3;
  let at = 0;
  for (let y = 0; y < first.length; y++) {
    const firstWeight = y * stride;
    const lastWeight = firstWeight + taps[y]!;
    const start = (first[y]! - firstRow) * rowLength;
    for (let i = 0; i < rowLength; i++) {
      let from = start + i;
      let sum = HALF;
      for (let tap = firstWeight; tap < lastWeight; tap++) {
        sum = (sum + Math.imul(source[from]!, weights[tap]!)) | 0;
        from += rowLength;
      }
      target[at++] = sum >> WEIGHT_BITS;
    }
  }
}
