import type { Patch } from "./patches.js";

/** RGBA, rows from the top. */
export interface Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

const GREY = 128;

/** The photo with a grey patch on it; the photo itself stays as it is. */
export function occlude({ data, width, height }: Pixels, { x, y, side }: Patch): Pixels {
  const covered = data.slice();
  for (let row = y; row < y + side; row++) {
    const start = 4 * (row * width + x);
    for (let at = start; at < start + 4 * side; at += 4) covered.fill(GREY, at, at + 3);
  }
  return { data: covered, width, height };
}
