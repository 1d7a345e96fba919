import { sizeOf } from "@fleuron/model";
import type { MaxPoolAttributes } from "../../operations/max-pool.js";
import type { Lowering } from "../lowering.js";

/** Statements for each pixel (h, w) of the window at (row, column), row by row, of an image of that height and width. */
const eachPixel = (
  { kernelSize, strides, pads }: MaxPoolAttributes,
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

export const maxPool: Lowering<"maxPool"> = {
  kernels({ inputs: [x], outputs: [y], attributes }) {
    const [, , height, width] = x.shape;
    const [, , rows, columns] = y.shape;
    const item = `
let row = i / ${columns}u % ${rows}u;
let column = i % ${columns}u;
let plane = i / ${rows * columns}u * ${height * width}u;
var found = false;
var largest = 0.0;
${eachPixel(
  attributes,
  [height, width],
  `let value = ${x.load(`plane + u32(h) * ${width}u + u32(w)`)};
    if (!found || value > largest) { largest = value; found = true; }`,
)}
${y.store("i", "largest")}`;
    return [{ work: { items: sizeOf(y.shape), item } }];
  },
};

/**
 * Each pixel gathers from the windows that it lies in and is the largest of, so that windows which overlap need no atomic
 * addition and a sum has one order. It is the largest of a window where it equals the pool's output, and no pixel before
 * it does.
 */
export const maxPoolGradient: Lowering<"maxPoolGradient"> = {
  kernels({ inputs: [gradient, x, y], outputs: [result], attributes }) {
    const [, , height, width] = x.shape;
    const [, , rows, columns] = y.shape;
    const { kernelSize, strides, pads } = attributes;
    /** The first window, and the one behind the last, that a pixel lies in. */
    const first = (axis: 0 | 1, padded: string) =>
      `select(0u, (${padded} + ${strides[axis]}u - ${kernelSize[axis]}u) / ${strides[axis]}u, ${padded} >= ${kernelSize[axis]}u)`;
    const behind = (axis: 0 | 1, padded: string, count: number) =>
      `min(${padded} / ${strides[axis]}u + 1u, ${count}u)`;
    const declarations = `
fn isFirst(plane: u32, row: u32, column: u32, pixel: u32, value: f32) -> bool {
  ${eachPixel(
    attributes,
    [height, width],
    `let other = u32(h) * ${width}u + u32(w);
    if (${x.load("plane + other")} == value) { return other == pixel; }`,
  )}
  return false;
}
`;
    const item = `
let pixel = i % ${height * width}u;
let plane = i - pixel;
let windows = i / ${height * width}u * ${rows * columns}u;
let value = ${x.load("i")};
let h = pixel / ${width}u + ${pads[0]}u;
let w = pixel % ${width}u + ${pads[1]}u;
var sum = 0.0;
for (var row = ${first(0, "h")}; row < ${behind(0, "h", rows)}; row++) {
  for (var column = ${first(1, "w")}; column < ${behind(1, "w", columns)}; column++) {
    let window = windows + row * ${columns}u + column;
    if (value == ${y.load("window")} && isFirst(plane, row, column, pixel, value)) { sum += ${gradient.load("window")}; }
  }
}
${result.store("i", "sum")}`;
    return [{ work: { items: sizeOf(x.shape), item }, declarations }];
  },
};
