// Loops over the pixels of a window, and over the windows of a pixel.
import type { PoolAttributes } from "../../operations/pool.js";

/** Where the window of item `i` lies: its `row` and `column`, and the image's plane, by the index at which that begins. */
export const windowPlace = (
  [height, width]: readonly [number, number],
  [rows, columns]: readonly [number, number],
): string => `
let row = i / ${columns}u % ${rows}u;
let column = i % ${columns}u;
let plane = i / ${rows * columns}u * ${height * width}u;`;

/** Statements for each pixel (h, w) of the window at (row, column), row by row, of an image of that height and width. */
export const eachPixel = (
  { kernelSize, strides, pads }: PoolAttributes,
  [height, width]: readonly [number, number],
  statements: string,
): string => `
let top = i32(row * ${strides[0]}u) - ${pads[0]};
let start = i32(column * ${strides[1]}u) - ${pads[1]};
for (var h = max(top, 0); h < min(top + ${kernelSize[0]}, ${height}); h++) {
  for (var w = max(start, 0); w < min(start + ${kernelSize[1]}, ${width}); w++) {
    ${statements}
  }
}`;

/** Statements for each window (row, column), of so many rows and columns of them, that the pixel (h, w) lies in. */
export const eachWindow = (
  { kernelSize, strides, pads }: PoolAttributes,
  [rows, columns]: readonly [number, number],
  { h, w }: { readonly h: string; readonly w: string },
  statements: string,
): string => {
  /** The first window, and the one behind the last, that a pixel lies in. */
  const first = (axis: 0 | 1, padded: string) =>
    `select(0u, (${padded} + ${strides[axis]}u - ${kernelSize[axis]}u) / ${strides[axis]}u, ${padded} >= ${kernelSize[axis]}u)`;
  const behind = (axis: 0 | 1, padded: string, count: number) =>
    `min(${padded} / ${strides[axis]}u + 1u, ${count}u)`;
  return `
let paddedH = ${h} + ${pads[0]}u;
let paddedW = ${w} + ${pads[1]}u;
for (var row = ${first(0, "paddedH")}; row < ${behind(0, "paddedH", rows)}; row++) {
  for (var column = ${first(1, "paddedW")}; column < ${behind(1, "paddedW", columns)}; column++) {
    ${statements}
  }
}`;
};
