import {
  offsetOf,
  type ReferenceTensor,
  referenceTensor,
  tabulate,
} from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import { defineOperation, firstGradient, floats, notDifferentiable } from "../operation.js";
import { float32, known, requireInputs, shapeError } from "../shapes.js";
import type { Dimension, Shape } from "../types.js";
import { gather } from "./gather.js";
import { beyond, type PoolAttributes, pooledShape } from "./pool.js";
import { pad } from "./slice-and-pad.js";
import { windowLength } from "./window.js";

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

/** The least number of float32, which wins in no window. */
export const lowestFloat32 = -3.4028234663852886e38;

/** The windows of a dilated pool are gathered first, each in places of its own. */
export function maxPool(
  x: Tensor,
  {
    dilations = [1, 1],
    ...attributes
  }: MaxPoolAttributes & { readonly dilations?: readonly [number, number] },
): Tensor {
  if (dilations.every((dilation) => dilation === 1)) {
    return x.builder.apply(maxPoolOperation, [x], attributes)[0];
  }
  requireInputs(maxPoolOperation, [x]);
  const { kernelSize, strides, pads } = attributes;
  const shape = x.shape as Shape<Dimension, 4>;
  const places = (axis: 0 | 1) => {
    const window = { window: kernelSize[axis], dilation: dilations[axis], axis };
    const count = windowLength("maxPool", [shape], window, attributes);
    const end = pads[axis] + known("maxPool", shape[axis + 2]!);
    const windows = Array.from({ length: count }, (_, start) =>
      Array.from({ length: kernelSize[axis] }, (_, tap) => start * strides[axis] + tap * dilations[axis]),
    );
    const isWithin = (place: number) => place >= pads[axis] && place < end;
    if (!windows.every((taps) => taps.some(isWithin))) throw beyond("maxPool", shape, attributes);
    return windows.flat();
  };
  const padded = pad(x, {
    before: [0, 0, pads[0], pads[1]],
    after: [0, 0, pads[2], pads[3]],
    value: lowestFloat32,
  });
  const windows = gather(gather(padded, places(0), 2), places(1), 3);
  return maxPool(windows, { kernelSize, strides: kernelSize, pads: [0, 0, 0, 0] });
}
