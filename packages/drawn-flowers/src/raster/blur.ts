/** Box blurs, twice: a soft blur without stars or edges of its own. */
import type { Canvas } from "./canvas.js";

/** `radius` in pixels, about the standard deviation; below a quarter pixel nothing happens. */
export function blur(canvas: Canvas, radius: number): void {
  const half = Math.round(radius);
  const { width, height, pixels } = canvas;
  if (half === 0 && radius >= 0.25) soften(pixels, width, height, radius);
  if (half === 0) return;
  const other = new Float32Array(pixels.length);
  const row = width * 3;
  for (let pass = 0; pass < 2; pass++) {
    for (let y = 0; y < height; y++)
      averageLine(pixels, other, { start: y * row, length: width, step: 3, half });
    for (let x = 0; x < width; x++)
      averageLine(other, pixels, { start: x * 3, length: height, step: row, half });
  }
}

interface Line {
  readonly start: number;
  readonly length: number;
  /** From a pixel to the next. */
  readonly step: number;
  readonly half: number;
}

/** The line's first and last pixels stand for what lies beyond them. */
function averageLine(from: Float32Array, to: Float32Array, { start, length, step, half }: Line): void {
  const share = 1 / (2 * half + 1);
  const last = length - 1;
  for (let begin = start; begin < start + 3; begin++) {
    const end = begin + last * step;
    let sum = from[begin]! * (half + 1);
    for (let place = 1; place <= half; place++) sum += from[begin + Math.min(place, last) * step]!;
    let [entering, leaving] = [begin + (half + 1) * step, begin - half * step];
    for (let at = begin; at <= end; at += step, entering += step, leaving += step) {
      to[at] = sum * share;
      sum += from[Math.min(entering, end)]! - from[Math.max(leaving, begin)]!;
    }
  }
}

/** Less than a pixel: each pixel takes a part of its four neighbours. */
function soften(pixels: Float32Array, width: number, height: number, amount: number): void {
  const copy = pixels.slice();
  const row = width * 3;
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * row + 3; at < (y + 1) * row - 3; at++) {
      const around = (copy[at - 3]! + copy[at + 3]! + copy[at - row]! + copy[at + row]!) / 4;
      pixels[at]! += (around - pixels[at]!) * amount;
    }
  }
}
