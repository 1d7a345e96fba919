import type { RgbImage } from "@fleuron/model";
import { Coverage } from "./coverage.js";

/** Red, green and blue of 0 to 1, as they are stored in the picture (sRGB). */
export type Colour = readonly [red: number, green: number, blue: number];

/** Writes the red, green, blue and opacity at a pixel's centre into `out`. */
export type Paint = (x: number, y: number, out: Float32Array) => void;

export const plain =
  ([red, green, blue]: Colour, opacity = 1): Paint =>
  (_x, _y, out) => {
    out[0] = red;
    out[1] = green;
    out[2] = blue;
    out[3] = opacity;
  };

/** A picture that is being drawn. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3]. */
  readonly pixels: Float32Array;
  readonly #coverage: Coverage;
  readonly #colour = new Float32Array(4);

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.pixels = new Float32Array(width * height * 3);
    this.#coverage = new Coverage(width, height);
  }

  /** Fills the closed polygon [x, y, x, y, …], with soft edges. */
  fill(polygon: readonly number[], paint: Paint): void {
    const colour = this.#colour;
    const { pixels, width } = this;
    this.#coverage.forEach(polygon, (x, y, share) => {
      paint(x + 0.5, y + 0.5, colour);
      const opacity = share * colour[3]!;
      const at = (y * width + x) * 3;
      pixels[at]! += (colour[0]! - pixels[at]!) * opacity;
      pixels[at + 1]! += (colour[1]! - pixels[at + 1]!) * opacity;
      pixels[at + 2]! += (colour[2]! - pixels[at + 2]!) * opacity;
    });
  }

  /** Paints every pixel, opaque. */
  fillAll(paint: Paint): void {
    const colour = this.#colour;
    const { pixels, width, height } = this;
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at += 3) {
        paint(x + 0.5, y + 0.5, colour);
        pixels[at] = colour[0]!;
        pixels[at + 1] = colour[1]!;
        pixels[at + 2] = colour[2]!;
      }
    }
  }

  /** Paints every pixel with a coarser canvas, smoothly between its pixels. */
  enlarge({ pixels: coarse, width: coarseWidth, height: coarseHeight }: Canvas): void {
    const { pixels, width, height } = this;
    const columns = samplesOf(width, coarseWidth);
    const rows = samplesOf(height, coarseHeight);
    let at = 0;
    for (const row of rows) {
      const [above, below] = [row.first * coarseWidth * 3, row.second * coarseWidth * 3];
      for (const { first, second, share } of columns) {
        const [left, right] = [first * 3, second * 3];
        for (let channel = 0; channel < 3; channel++, at++) {
          const upperLeft = coarse[above + left + channel]!;
          const lowerLeft = coarse[below + left + channel]!;
          const upper = upperLeft + (coarse[above + right + channel]! - upperLeft) * share;
          const lower = lowerLeft + (coarse[below + right + channel]! - lowerLeft) * share;
          pixels[at] = upper + (lower - upper) * row.share;
        }
      }
    }
  }

  toImage(): RgbImage {
    const { pixels, width, height } = this;
    const data = new Uint8ClampedArray(pixels.length);
    for (let i = 0; i < data.length; i++) data[i] = pixels[i]! * 255;
    return { data, width, height };
  }
}

/** For each of `count` pixels in a line, the two of `coarse` pixels that it lies between, and how far. */
const samplesOf = (count: number, coarse: number) =>
  Array.from({ length: count }, (_, index) => {
    const place = Math.max(0, Math.min(coarse - 1, ((index + 0.5) * coarse) / count - 0.5));
    const first = Math.floor(place);
    return { first, second: Math.min(first + 1, coarse - 1), share: place - first };
  });
