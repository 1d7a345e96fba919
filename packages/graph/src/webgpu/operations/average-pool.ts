import { sizeOf } from "@fleuron/model";
import { type AveragePoolAttributes, divideAlike } from "../../operations/average-windows.js";
import { eachPixel, eachWindow, windowPlace } from "../kernels/pool-windows.js";
import type { Lowering } from "../lowering.js";

/** How many pixels the window at (row, column) is divided by, as an expression. */
function divisor(attributes: AveragePoolAttributes, size: readonly [number, number]): string {
  const { kernelSize, strides, pads } = attributes;
  if (divideAlike(attributes)) return `${kernelSize[0] * kernelSize[1]}.0`;
  const inside = (axis: 0 | 1, window: string) => {
    const start = `i32(${window} * ${strides[axis]}u) - ${pads[axis]}`;
    return `f32(min(${start} + ${kernelSize[axis]}, ${size[axis]}) - max(${start}, 0))`;
  };
  return `(${inside(0, "row")} * ${inside(1, "column")})`;
}

export const averagePool: Lowering<"averagePool"> = {
  kernels({ inputs: [x], outputs: [y], attributes }) {
    const [, , height, width] = x.shape;
    const [, , rows, columns] = y.shape;
    const item = `${windowPlace([height, width], [rows, columns])}
var sum = 0.0;
${eachPixel(attributes, [height, width], `sum += ${x.load(`plane + u32(h) * ${width}u + u32(w)`)};`)}
${y.store("i", `sum / ${divisor(attributes, [height, width])}`)}`;
    return [{ work: { items: sizeOf(y.shape), item } }];
  },
};

/** Each pixel gathers from the windows that it lies in. */
export const averagePoolGradient: Lowering<"averagePoolGradient"> = {
  kernels({ inputs: [gradient], outputs: [x], attributes }) {
    const [, , height, width] = x.shape;
    const [, , rows, columns] = gradient.shape;
    const item = `
let pixel = i % ${height * width}u;
let windows = i / ${height * width}u * ${rows * columns}u;
var sum = 0.0;
${eachWindow(
  attributes,
  [rows, columns],
  { h: `pixel / ${width}u`, w: `pixel % ${width}u` },
  `sum += ${gradient.load(`windows + row * ${columns}u + column`)} / ${divisor(attributes, [height, width])};`,
)}
${x.store("i", "sum")}`;
    return [{ work: { items: sizeOf(x.shape), item } }];
  },
};
