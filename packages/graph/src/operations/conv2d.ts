// Two-dimensional convolution and its two derivatives, each of them linear in both of its inputs, so that the
// three express each other's gradients.

import { referenceTensor } from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import { defineOperation, firstGradient, floats } from "../operation.js";
import { float32, known, knownShape, shapeError, shapeText, spatialSize } from "../shapes.js";
import type { Dimension, Shape, TensorType } from "../types.js";
import { addMultiple, eachRow, sumOfProducts } from "./convolved-rows.js";
import { type Conv2dAttributes, windowLength } from "./window.js";

export type Conv2dGradientAttributes = Conv2dAttributes & {
  /** Height and width of what is computed: the convolution's input, or its kernel. */
  readonly size: readonly [number, number];
};

function outputShape<D extends Dimension>(
  operation: string,
  x: Shape<D, 4>,
  kernel: Shape<D, 4>,
  attributes: Conv2dAttributes,
): Shape<D | number, 4> {
  const length = (axis: 0 | 1) =>
    windowLength(
      operation,
      [x, kernel],
      { window: knownShape(operation, kernel)[axis + 2]!, dilation: attributes.dilations[axis], axis },
      attributes,
    );
  return [x[0], kernel[0], length(0), length(1)];
}

function requireChannels(
  operation: string,
  inputs: readonly TensorType[],
  x: Shape<Dimension, 4>,
  kernel: Shape<Dimension, 4>,
  groups: number,
) {
  const [channels, perGroup, outputs] = knownShape(operation, [x[1], kernel[1], kernel[0]]);
  const whole = [groups, perGroup].every(Number.isInteger);
  if (!whole || channels !== perGroup * groups || outputs % groups !== 0) {
    throw shapeError(
      operation,
      inputs,
      `${channels} channels do not suit a kernel ${shapeText(kernel)} in ${groups} group${groups === 1 ? "" : "s"}`,
    );
  }
}

function requireOutput(operation: string, inputs: readonly TensorType[], expected: Shape, gradient: Shape) {
  if (expected.some((dimension, axis) => dimension !== gradient[axis])) {
    throw shapeError(operation, inputs, `the output's gradient should be ${shapeText(expected)}`);
  }
}

/**
 * x [N, C, H, W] with kernel [O, C ÷ groups, kH, kW] gives [N, O, …] (ONNX Conv, opset 11, explicit pads):
 * a cross-correlation, as everywhere in deep learning.
 */
export const conv2dOperation = defineOperation<Conv2dAttributes, [4, 4], [4]>({
  name: "conv2d",
  inputs: [floats(4), floats(4)],
  infer(inputs, attributes) {
    const [{ shape: x }, { shape: kernel }] = inputs;
    requireChannels("conv2d", inputs, x, kernel, attributes.groups);
    return [float32(outputShape("conv2d", x, kernel, attributes))];
  },
  gradient(context) {
    const [x, kernel] = context.inputs;
    const gradient = firstGradient(context);
    const { attributes } = context;
    return [
      conv2dInputGradient(gradient, kernel, { ...attributes, size: sizeOf(x) }),
      conv2dKernelGradient(x, gradient, { ...attributes, size: sizeOf(kernel) }),
    ];
  },
  evaluate([x, kernel], attributes) {
    const y = referenceTensor(outputShape("conv2d", x.shape, kernel.shape, attributes));
    eachRow(x.shape, kernel.shape, y.shape, attributes, (index, inX, inY) => {
      addMultiple(y.data, inY, x.data, inX, kernel.data[index]!);
    });
    return [y];
  },
});

/** ∂loss/∂x [N, C, ...size] from ∂loss/∂y [N, O, …] and the kernel (ONNX ConvTranspose). */
export const conv2dInputGradientOperation = defineOperation<Conv2dGradientAttributes, [4, 4], [4]>({
  name: "conv2dInputGradient",
  inputs: [floats(4), floats(4)],
  infer(inputs, attributes) {
    const [{ shape: gradient }, { shape: kernel }] = inputs;
    const x = inputGradientShape(gradient, kernel, attributes);
    requireChannels("conv2dInputGradient", inputs, x, kernel, attributes.groups);
    requireOutput(
      "conv2dInputGradient",
      inputs,
      outputShape("conv2dInputGradient", x, kernel, attributes),
      gradient,
    );
    return [float32(x)];
  },
  gradient(context) {
    const [gradient, kernel] = context.inputs;
    const g = firstGradient(context);
    const { size: _, ...attributes } = context.attributes;
    return [
      conv2d(g, kernel, attributes),
      conv2dKernelGradient(g, gradient, { ...attributes, size: sizeOf(kernel) }),
    ];
  },
  evaluate([gradient, kernel], attributes) {
    const x = referenceTensor(inputGradientShape(gradient.shape, kernel.shape, attributes));
    eachRow(x.shape, kernel.shape, gradient.shape, attributes, (index, inX, inY) => {
      addMultiple(x.data, inX, gradient.data, inY, kernel.data[index]!);
    });
    return [x];
  },
});

/** ∂loss/∂kernel [O, C ÷ groups, ...size] from x and ∂loss/∂y (TensorFlow Conv2DBackpropFilter). */
export const conv2dKernelGradientOperation = defineOperation<Conv2dGradientAttributes, [4, 4], [4]>({
  name: "conv2dKernelGradient",
  inputs: [floats(4), floats(4)],
  infer(inputs, attributes) {
    const [{ shape: x }, { shape: gradient }] = inputs;
    const kernel = kernelGradientShape(x, gradient, attributes);
    requireChannels("conv2dKernelGradient", inputs, x, kernel, attributes.groups);
    requireOutput(
      "conv2dKernelGradient",
      inputs,
      outputShape("conv2dKernelGradient", x, kernel, attributes),
      gradient,
    );
    return [float32(kernel)];
  },
  gradient(context) {
    const [x, gradient] = context.inputs;
    const g = firstGradient(context);
    const { size: _, ...attributes } = context.attributes;
    return [conv2dInputGradient(gradient, g, { ...attributes, size: sizeOf(x) }), conv2d(x, g, attributes)];
  },
  evaluate([x, gradient], attributes) {
    const kernel = referenceTensor(kernelGradientShape(x.shape, gradient.shape, attributes));
    eachRow(x.shape, kernel.shape, gradient.shape, attributes, (index, inX, inY) => {
      kernel.data[index]! += sumOfProducts(x.data, inX, gradient.data, inY);
    });
    return [kernel];
  },
});

const inputGradientShape = <D extends Dimension>(
  gradient: Shape<D, 4>,
  kernel: Shape<Dimension, 4>,
  { size, groups }: Conv2dGradientAttributes,
): Shape<D | number, 4> => [gradient[0], knownShape("conv2dInputGradient", kernel)[1] * groups, ...size];

const kernelGradientShape = <D extends Dimension>(
  x: Shape<Dimension, 4>,
  gradient: Shape<D, 4>,
  { size, groups }: Conv2dGradientAttributes,
): Shape<D | number, 4> => [gradient[1], known("conv2dKernelGradient", x[1]) / groups, ...size];

const sizeOf = ({ shape }: Tensor<Shape<Dimension, 4>>): Shape<number, 2> => spatialSize("conv2d", shape);

export const conv2d = (x: Tensor, kernel: Tensor, attributes: Conv2dAttributes): Tensor =>
  x.builder.apply(conv2dOperation, [x, kernel], attributes)[0];
export const conv2dInputGradient = (
  gradient: Tensor,
  kernel: Tensor,
  attributes: Conv2dGradientAttributes,
): Tensor => gradient.builder.apply(conv2dInputGradientOperation, [gradient, kernel], attributes)[0];
export const conv2dKernelGradient = (
  x: Tensor,
  gradient: Tensor,
  attributes: Conv2dGradientAttributes,
): Tensor => x.builder.apply(conv2dKernelGradientOperation, [x, gradient], attributes)[0];

/**
 * A convolution backwards (ONNX ConvTranspose): x [N, C, H, W] with kernel [C, O ÷ groups, kH, kW] gives
 * [N, O, ...outputSize], where pads are what is cut off.
 */
export const convTranspose2d = (
  x: Tensor,
  kernel: Tensor,
  { outputSize, ...attributes }: Conv2dAttributes & { readonly outputSize: readonly [number, number] },
): Tensor => conv2dInputGradient(x, kernel, { ...attributes, size: outputSize });
