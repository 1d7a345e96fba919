/** Nearest neighbour, equal to Pillow's `Image.resize(size, NEAREST, box)` bit for bit. */
import type { Span } from "./box.js";
import type { RgbImage } from "./image.js";

/**
 * Source index of each of `count` outputs. The position starts half a step into the span and is summed up
 * step by step in double precision, as Pillow's ImagingScaleAffine (Geometry.c) does: begin + (i + 0.5) · step
 * rounds differently where it meets a pixel's edge.
 */
function sourceIndices(length: number, span: Span, count: number): Int32Array {
  const step = Math.fround(span.end - span.begin) / count;
  const indices = new Int32Array(count);
  let position = span.begin + step * 0.5;
  for (let i = 0; i < count; i++) {
    indices[i] = Math.min(Math.floor(position), length - 1);
    position += step;
  }
  return indices;
}

export function resampleNearest(image: RgbImage, horizontal: Span, vertical: Span, out: RgbImage): void {
  const columns = sourceIndices(image.width, horizontal, out.width).map((column) => column * 3);
  const rows = sourceIndices(image.height, vertical, out.height);
  const source = image.data;
  const target = out.data;
  let at = 0;
  for (const row of rows) {
    const rowStart = row * image.width * 3;
    for (let x = 0; x < columns.length; x++) {
      const from = rowStart + columns[x]!;
      target[at++] = source[from]!;
      target[at++] = source[from + 1]!;
      target[at++] = source[from + 2]!;
    }
  }
}
