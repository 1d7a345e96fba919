import { sizeOf } from "@fleuron/model";
import { eachPixel, eachWindow, windowPlace } from "../kernels/pool-windows.js";
import type { Lowering } from "../lowering.js";

export const maxPool: Lowering<"maxPool"> = {
  kernels({ inputs: [x], outputs: [y], attributes }) {
    const [, , height, width] = x.shape;
    const [, , rows, columns] = y.shape;
    const item = `${windowPlace([height, width], [rows, columns])}
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
var sum = 0.0;
${eachWindow(
  attributes,
  [rows, columns],
  { h: `pixel / ${width}u`, w: `pixel % ${width}u` },
  `let window = windows + row * ${columns}u + column;
    if (value == ${y.load("window")} && isFirst(plane, row, column, pixel, value)) { sum += ${gradient.load("window")}; }`,
)}
${result.store("i", "sum")}`;
    return [{ work: { items: sizeOf(x.shape), item }, declarations }];
  },
};
