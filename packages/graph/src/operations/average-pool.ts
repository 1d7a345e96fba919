import { referenceTensor } from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import { defineOperation, firstGradient, floats } from "../operation.js";
import { float32, shapeError, spatialSize } from "../shapes.js";
import type { AttributeValue } from "../types.js";
import { type AveragePoolAttributes, eachPixel } from "./average-windows.js";
import { pooledShape } from "./pool.js";

export interface AveragePoolGradientAttributes extends AveragePoolAttributes {
  readonly [name: string]: AttributeValue;
  /** Height and width of the image that was pooled. */
  readonly size: readonly [number, number];
}

/** Mean of each window of x [N, C, H, W] (ONNX AveragePool, opset 11, explicit pads). */
export const averagePoolOperation = defineOperation<AveragePoolAttributes, [4], [4]>({
  name: "averagePool",
  inputs: [floats(4)],
  infer: ([x], attributes) => [float32(pooledShape("averagePool", x.shape, attributes))],
  gradient(context) {
    const size = spatialSize("averagePool", context.inputs[0].shape);
    return [averagePoolGradient(firstGradient(context), { ...context.attributes, size })];
  },
  evaluate([x], attributes) {
    const [batch, channels, ...size] = x.shape;
    const y = referenceTensor(pooledShape("averagePool", x.shape, attributes));
    const [, , ...windows] = y.shape;
    const [pixels, means] = [size[0] * size[1], windows[0] * windows[1]];
    for (let plane = 0; plane < batch * channels; plane++) {
      eachPixel(size, windows, attributes, (pixel, window, divisor) => {
        y.data[plane * means + window]! += x.data[plane * pixels + pixel]! / divisor;
      });
    }
    return [y];
  },
});

/** Spreads each ∂loss/∂y evenly over its window: ∂loss/∂x [N, C, ...size] (TensorFlow AvgPoolGrad). */
export const averagePoolGradientOperation = defineOperation<AveragePoolGradientAttributes, [4], [4]>({
  name: "averagePoolGradient",
  inputs: [floats(4)],
  infer(inputs, attributes) {
    const [{ shape }] = inputs;
    const x = [shape[0], shape[1], ...attributes.size] as const;
    const pooled = pooledShape("averagePoolGradient", x, attributes);
    if (pooled.some((dimension, axis) => dimension !== shape[axis])) {
      throw shapeError(
        "averagePoolGradient",
        inputs,
        `no pool of [${attributes.size}] pixels has that shape`,
      );
    }
    return [float32(x)];
  },
  gradient(context) {
    const { size: _, ...attributes } = context.attributes;
    return [averagePool(firstGradient(context), attributes)];
  },
  evaluate([gradient], attributes) {
    const [batch, channels, ...windows] = gradient.shape;
    const { size } = attributes;
    const x = referenceTensor([batch, channels, ...size] as const);
    const [pixels, means] = [size[0] * size[1], windows[0] * windows[1]];
    for (let plane = 0; plane < batch * channels; plane++) {
      eachPixel(size, windows, attributes, (pixel, window, divisor) => {
        x.data[plane * pixels + pixel]! += gradient.data[plane * means + window]! / divisor;
      });
    }
    return [x];
  },
});

export const averagePool = (x: Tensor, attributes: AveragePoolAttributes): Tensor =>
  x.builder.apply(averagePoolOperation, [x], attributes)[0];
export const averagePoolGradient = (gradient: Tensor, attributes: AveragePoolGradientAttributes): Tensor =>
  gradient.builder.apply(averagePoolGradientOperation, [gradient], attributes)[0];
