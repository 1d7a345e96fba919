// Convolution and its two derivatives as matrix products of the kernel, or of the result's gradient, with windows of
// images that nobody copies: where an element of a window lies is worked out when it is read. Coordinates are unsigned: what
// lies above or left of an image is a huge number, and so outside, too.
import type { Conv2dAttributes } from "../../operations/window.js";
import type { Shape } from "../../types.js";
import type { KernelTensor } from "../kernel.js";
import type { Product } from "../kernels/product.js";
import { productKernels } from "../kernels/product-kernels.js";
import type { Lowering } from "../lowering.js";

/** Statements that return the pixel of `image` under a tap of a window: 0 where that lies outside, above and left as well. */
function pixel(
  image: KernelTensor<Shape<number, 4>>,
  { strides, pads, dilations }: Conv2dAttributes,
  at: { photo: string; channel: string; window: readonly [string, string]; tap: readonly [string, string] },
): string {
  const [, channels, height, width] = image.shape;
  const coordinate = (axis: 0 | 1) =>
    `${at.window[axis]} * ${strides[axis]}u + ${at.tap[axis]} * ${dilations[axis]}u - ${pads[axis]}u`;
  return `
let h = ${coordinate(0)};
let w = ${coordinate(1)};
if (h >= ${height}u || w >= ${width}u) { return 0.0; }
return ${image.load(`((${at.photo} * ${channels}u + ${at.channel}) * ${height}u + h) * ${width}u + w`)};`;
}

/** A number that counts through [outer, height, width], as a `vec3u` of the three. */
const three = (number: string, height: number, width: number): string =>
  `vec3u(${number} / ${height * width}u, ${number} / ${width}u % ${height}u, ${number} % ${width}u)`;

/** Result [O, batch × pixels] = kernel [O, C × taps] × windows. */
export const conv2d: Lowering<"conv2d"> = {
  kernels({ inputs: [x, kernel], outputs: [y], attributes, scratch, formOf }) {
    const { groups } = attributes;
    const [outputs, channels, kernelHeight, kernelWidth] = kernel.shape;
    const [batch, , height, width] = y.shape;
    const [pixels, rows] = [height * width, outputs / groups];
    const steps = channels * kernelHeight * kernelWidth;
    const product: Product = {
      groups,
      rows,
      columns: batch * pixels,
      steps,
      leftBeside: "steps",
      rightBeside: "columns",
      columnPlace: three("column", height, width),
      stepPlace: three("step", kernelHeight, kernelWidth),
      left: kernel.load(`(group * ${rows}u + row) * ${steps}u + step`),
      right: pixel(x, attributes, {
        photo: "c.x",
        channel: `group * ${channels}u + s.x`,
        window: ["c.y", "c.z"],
        tap: ["s.y", "s.z"],
      }),
      index: `(column / ${pixels}u * ${outputs}u + group * ${rows}u + row) * ${pixels}u + column % ${pixels}u`,
    };
    return productKernels(product, y, { scratch, formOf });
  },
};

/** ∂x [C, batch × pixels] = kernel, its first axes exchanged [C, O × taps], × the gradients that each pixel had a part in. */
export const conv2dInputGradient: Lowering<"conv2dInputGradient"> = {
  kernels({ inputs: [gradient, kernel], outputs: [x], attributes, scratch, formOf }) {
    const { groups, strides, pads, dilations } = attributes;
    const [outputs, rows, kernelHeight, kernelWidth] = kernel.shape;
    const [, , gradientHeight, gradientWidth] = gradient.shape;
    const [batch, channels, height, width] = x.shape;
    const [pixels, taps, outputsPerGroup] = [height * width, kernelHeight * kernelWidth, outputs / groups];
    /** How far from the first window's start the one begins whose tap lies on the pixel. */
    const distance = (axis: 0 | 1, pixel: string, tap: string) =>
      `${pixel} + ${pads[axis]}u - ${tap} * ${dilations[axis]}u`;
    const product: Product = {
      groups,
      rows,
      columns: batch * pixels,
      steps: outputsPerGroup * taps,
      leftBeside: "steps",
      rightBeside: "columns",
      columnPlace: three("column", height, width),
      stepPlace: three("step", kernelHeight, kernelWidth),
      left: kernel.load(
        `((group * ${outputsPerGroup}u + s.x) * ${rows}u + row) * ${taps}u + s.y * ${kernelWidth}u + s.z`,
      ),
      right: `
let h = ${distance(0, "c.y", "s.y")};
let w = ${distance(1, "c.z", "s.z")};
if (h % ${strides[0]}u != 0u || w % ${strides[1]}u != 0u) { return 0.0; }
let row = h / ${strides[0]}u;
let column = w / ${strides[1]}u;
if (row >= ${gradientHeight}u || column >= ${gradientWidth}u) { return 0.0; }
return ${gradient.load(
        `((c.x * ${outputs}u + group * ${outputsPerGroup}u + s.x) * ${gradientHeight}u + row) * ${gradientWidth}u + column`,
      )};`,
      index: `(column / ${pixels}u * ${channels}u + group * ${rows}u + row) * ${pixels}u + column % ${pixels}u`,
    };
    return productKernels(product, x, { scratch, formOf });
  },
};

/** ∂kernel [O, C × taps] = gradient [O, batch × pixels] × windows, their axes exchanged. */
export const conv2dKernelGradient: Lowering<"conv2dKernelGradient"> = {
  kernels({ inputs: [x, gradient], outputs: [kernel], attributes, scratch, formOf }) {
    const { groups } = attributes;
    const [outputs, channels, kernelHeight, kernelWidth] = kernel.shape;
    const [batch, , height, width] = gradient.shape;
    const [pixels, rows] = [height * width, outputs / groups];
    const columns = channels * kernelHeight * kernelWidth;
    const product: Product = {
      groups,
      rows,
      columns,
      steps: batch * pixels,
      leftBeside: "steps",
      rightBeside: "steps",
      columnPlace: three("column", kernelHeight, kernelWidth),
      stepPlace: three("step", height, width),
      left: gradient.load(`(s.x * ${outputs}u + group * ${rows}u + row) * ${pixels}u + step % ${pixels}u`),
      right: pixel(x, attributes, {
        photo: "s.x",
        channel: `group * ${channels}u + c.x`,
        window: ["s.y", "s.z"],
        tap: ["c.y", "c.z"],
      }),
      index: `(group * ${rows}u + row) * ${columns}u + column`,
    };
    return productKernels(product, kernel, { scratch, formOf });
  },
};
