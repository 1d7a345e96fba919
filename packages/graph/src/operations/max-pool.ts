import {
  offsetOf,
  type ReferenceTensor,
  referenceTensor,
  tabulate,
} from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import { defineOperation, firstGradient, floats, notDifferentiable } from "../operation.js";
import { float32, shapeError } from "../shapes.js";
import type { Shape } from "../types.js";
import { type PoolAttributes, pooledShape } from "./pool.js";

export type MaxPoolAttributes = PoolAttributes;

/** Index into x of the largest element of the window at `[n, c, row, column]`: the first one among equals. */
function argMaxOfWindow(
  x: ReferenceTensor<Shape<number, 4>>,
  [n, c, row, column]: Shape<number, 4>,
  { kernelSize, strides, pads }: MaxPoolAttributes,
): number {
  let best = -1;
  for (let i = 0; i < kernelSize[0]; i++) {
    for (let j = 0; j < kernelSize[1]; j++) {
      const [h, w] = [row * strides[0] - pads[0] + i, column * strides[1] - pads[1] + j];
      if (h < 0 || h >= x.shape[2] || w < 0 || w >= x.shape[3]) continue;
      const index = offsetOf(x.shape, [n, c, h, w]);
      if (best < 0 || x.data[index]! > x.data[best]!) best = index;
    }
  }
  return best;
}

/** Largest value of each window of x [N, C, H, W]; padding never wins (ONNX MaxPool, opset 12). */
export const maxPoolOperation = defineOperation<MaxPoolAttributes, [4], [4]>({
  name: "maxPool",
  inputs: [floats(4)],
  infer: ([x], attributes) => [float32(pooledShape("maxPool", x.shape, attributes))],
  gradient(context) {
    const [x] = context.inputs;
    const gradient = firstGradient(context);
    return [
      x.builder.apply(maxPoolGradientOperation, [gradient, x, context.outputs[0]], context.attributes)[0],
    ];
  },
  evaluate([x], attributes) {
    const shape = pooledShape("maxPool", x.shape, attributes);
    return [tabulate(shape, (coordinates) => x.data[argMaxOfWindow(x, coordinates, attributes)]!)];
  },
});

/**
 * Sends each ∂loss/∂y to the largest element of its window (TensorFlow MaxPoolGrad). Inputs: ∂loss/∂y, x, y.
 * Windows may overlap: an element that wins twice gets the sum.
 */
export const maxPoolGradientOperation = defineOperation<MaxPoolAttributes, [4, 4, 4], [4]>({
  name: "maxPoolGradient",
  inputs: [floats(4), floats(4), floats(4)],
  infer(inputs, attributes) {
    const [gradient, x, y] = inputs;
    const pooled = pooledShape("maxPool", x.shape, attributes);
    for (const { shape } of [gradient, y]) {
      if (pooled.some((d, axis) => d !== shape[axis]))
        throw shapeError("maxPoolGradient", inputs, "y is no pool of x");
    }
    return [float32(x.shape)];
  },
  gradient: notDifferentiable("second derivatives of a pool are not supported"),
  evaluate([gradient, x], attributes) {
    const result = referenceTensor(x.shape);
    tabulate(gradient.shape, (coordinates) => {
      result.data[argMaxOfWindow(x, coordinates, attributes)]! +=
        gradient.data[offsetOf(gradient.shape, coordinates)]!;
      return 0;
    });
    return [result];
  },
});

export const maxPool = (x: Tensor, attributes: MaxPoolAttributes): Tensor =>
  x.builder.apply(maxPoolOperation, [x], attributes)[0];
