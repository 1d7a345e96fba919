// The windows of an average pool, pixel by pixel, and what each is divided by.
import type { Shape } from "../types.js";
import type { PoolAttributes } from "./pool.js";

export interface AveragePoolAttributes extends PoolAttributes {
  /** Whether zeros that pad the image count as pixels of a window. */
  readonly countPadding: boolean;
}

/** Visits every pixel of every window, by their places in the planes of x and y, with the window's divisor. */
export function eachPixel(
  [height, width]: Shape<number, 2>,
  [rows, columns]: Shape<number, 2>,
  { kernelSize, strides, pads, countPadding }: AveragePoolAttributes,
  visit: (pixel: number, window: number, divisor: number) => void,
): void {
  const inside = (start: number, window: number, length: number) =>
    [Math.max(start, 0), Math.min(start + window, length)] as const;
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = inside(row * strides[0] - pads[0], kernelSize[0], height);
    for (let column = 0; column < columns; column++) {
      const [left, right] = inside(column * strides[1] - pads[1], kernelSize[1], width);
      const divisor = countPadding ? kernelSize[0] * kernelSize[1] : (bottom - top) * (right - left);
      for (let h = top; h < bottom; h++) {
        for (let w = left; w < right; w++) visit(h * width + w, row * columns + column, divisor);
      }
    }
  }
}

/** The divisor of each window [rows, columns], row by row. */
export function windowDivisors(
  size: Shape<number, 2>,
  windows: Shape<number, 2>,
  attributes: AveragePoolAttributes,
): readonly number[] {
  const divisors: number[] = [];
  eachPixel(size, windows, attributes, (_, window, divisor) => {
    divisors[window] = divisor;
  });
  return divisors;
}

/** Whether all windows have one divisor. */
export const divideAlike = ({ countPadding, pads }: AveragePoolAttributes): boolean =>
  countPadding || pads.every((pad) => pad === 0);
