// Batch normalisation per channel (Ioffe & Szegedy 2015): with the batch's statistics, its gradient, and with
// moving statistics.

import {
  offsetOf,
  type ReferenceTensor,
  referenceTensor,
  tabulate,
} from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import { defineOperation, firstGradient, floats, notDifferentiable } from "../operation.js";
import { float32, requireSameShape, shapeError } from "../shapes.js";
import type { Dimension, Shape, TensorType } from "../types.js";
import { add, divide, multiply, subtract } from "./arithmetic.js";
import { constant } from "./constant.js";
import { reshape } from "./reshape.js";
import { sqrt } from "./sqrt.js";
import { reduceSum } from "./sum-and-broadcast.js";

type Epsilon = { readonly epsilon: number };

function requireChannels(
  operation: string,
  inputs: readonly TensorType[],
  from: number,
): readonly [Dimension, Dimension, ...Dimension[]] {
  const { shape } = inputs[from - 1]!;
  if (shape.length < 2) throw shapeError(operation, inputs, "takes at least [batch, channels]");
  for (let index = from; index < inputs.length; index++) {
    if (inputs[index]!.shape[0] !== shape[1])
      throw shapeError(operation, inputs, `input ${index + 1} needs one element per channel`);
  }
  return shape as readonly [Dimension, Dimension, ...Dimension[]];
}

/** One element per channel. */
type Channels = ReferenceTensor<Shape<number, 1>>;

/** Sum over all axes but the channels, of an expression of an element's index and channel. */
function perChannel(shape: readonly number[], element: (index: number, channel: number) => number): Channels {
  const sums = referenceTensor([shape[1]!]);
  tabulate(shape, (coordinates) => {
    const channel = coordinates[1]!;
    sums.data[channel]! += element(offsetOf(shape, coordinates), channel);
    return 0;
  });
  return sums;
}

const map = (tensor: Channels, apply: (value: number, index: number) => number): Channels =>
  referenceTensor(tensor.shape, tensor.data.map(apply));

/**
 * Inputs x [N, C, …], gamma [C], beta [C]. Outputs: y; the batch's mean [C]; its **unbiased** variance [C], for
 * the moving statistics (as TensorFlow's fused kernel; y uses the biased one); and two tensors [C] that only
 * the gradient operation of the same dialect understands (here the mean and 1 ÷ standard deviation).
 */
export const batchNormOperation = defineOperation<Epsilon, ["any", 1, 1], ["any", 1, 1, 1, 1]>({
  name: "batchNorm",
  inputs: [floats(), floats(1), floats(1)],
  infer(inputs) {
    const shape = requireChannels("batchNorm", inputs, 1);
    const channels = float32([shape[1]]);
    return [float32(shape), channels, channels, channels, channels];
  },
  gradient(context) {
    const [x, gamma] = context.inputs;
    if (context.outputGradients.slice(1).some((gradient) => gradient !== undefined)) {
      const refusal = notDifferentiable(
        "the loss depends on a batch's statistics other than through its output",
      );
      return [refusal, refusal, refusal];
    }
    const inputs = [firstGradient(context), x, gamma, context.outputs[3], context.outputs[4]] as const;
    return x.builder.apply(batchNormGradientOperation, inputs, context.attributes);
  },
  evaluate([x, gamma, beta], { epsilon }) {
    const count = x.data.length / x.shape[1]!;
    const mean = map(
      perChannel(x.shape, (index) => x.data[index]!),
      (sum) => sum / count,
    );
    const squares = perChannel(x.shape, (index, channel) => (x.data[index]! - mean.data[channel]!) ** 2);
    const inverse = map(squares, (sum) => 1 / Math.sqrt(sum / count + epsilon));
    const unbiased = map(squares, (sum) => sum / Math.max(count - 1, 1));
    const y = tabulate(x.shape, (c) => {
      const channel = c[1]!;
      const normalised = (x.data[offsetOf(x.shape, c)]! - mean.data[channel]!) * inverse.data[channel]!;
      return normalised * gamma.data[channel]! + beta.data[channel]!;
    });
    return [y, mean, unbiased, mean, inverse];
  },
});

/**
 * Inputs: ∂loss/∂y, x, gamma and the two opaque outputs of `batchNorm`. Outputs: ∂loss/∂x, ∂loss/∂gamma,
 * ∂loss/∂beta. With x̂ the normalised x and m its elements per channel:
 * ∂x = gamma ÷ deviation × (∂y − mean(∂y) − x̂ × mean(∂y × x̂)).
 */
export const batchNormGradientOperation = defineOperation<Epsilon, ["any", "any", 1, 1, 1], ["any", 1, 1]>({
  name: "batchNormGradient",
  inputs: [floats(), floats(), floats(1), floats(1), floats(1)],
  infer(inputs) {
    const shape = requireChannels("batchNormGradient", inputs, 2);
    requireSameShape("batchNormGradient", [inputs[0], inputs[1]]);
    const channels = float32([shape[1]]);
    return [float32(shape), channels, channels];
  },
  gradient: notDifferentiable("second derivatives of batch normalisation are not supported"),
  evaluate([gradient, x, gamma, mean, inverse]) {
    const count = x.data.length / x.shape[1]!;
    const normalised = (index: number, channel: number) =>
      (x.data[index]! - mean.data[channel]!) * inverse.data[channel]!;
    const betaGradient = perChannel(x.shape, (index) => gradient.data[index]!);
    const gammaGradient = perChannel(x.shape, (index, c) => gradient.data[index]! * normalised(index, c));
    const xGradient = tabulate(x.shape, (coordinates) => {
      const [index, c] = [offsetOf(x.shape, coordinates), coordinates[1]!];
      const centred = gradient.data[index]! - betaGradient.data[c]! / count;
      return (
        gamma.data[c]! *
        inverse.data[c]! *
        (centred - (normalised(index, c) * gammaGradient.data[c]!) / count)
      );
    });
    return [xGradient, gammaGradient, betaGradient];
  },
});

/** Inputs x, gamma, beta, mean, variance: (x − mean) ÷ √(variance + ε) × gamma + beta (ONNX BatchNormalization). */
export const batchNormInferenceOperation = defineOperation<Epsilon, ["any", 1, 1, 1, 1]>({
  name: "batchNormInference",
  inputs: [floats(), floats(1), floats(1), floats(1), floats(1)],
  infer: (inputs) => [float32(requireChannels("batchNormInference", inputs, 1))],
  gradient(context) {
    const [x, gamma, , mean, variance] = context.inputs;
    const { builder } = x;
    const gradient = firstGradient(context);
    const spread = (channels: Tensor) =>
      reshape(channels, [channels.shape[0]!, ...x.shape.slice(2).map(() => 1)]);
    const deviation = sqrt(add(variance, constant(builder, context.attributes.epsilon)));
    const normalised = divide(subtract(x, spread(mean)), spread(deviation));
    const perChannel = { axes: x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis])) };
    const kept = notDifferentiable("moving statistics are kept as they are, not trained");
    return [
      multiply(gradient, spread(divide(gamma, deviation))),
      reduceSum(multiply(gradient, normalised), perChannel),
      reduceSum(gradient, perChannel),
      kept,
      kept,
    ];
  },
  evaluate([x, gamma, beta, mean, variance], { epsilon }) {
    const scale = map(gamma, (value, c) => value / Math.sqrt(variance.data[c]! + epsilon));
    return [
      tabulate(x.shape, (c) => {
        const channel = c[1]!;
        return (
          (x.data[offsetOf(x.shape, c)]! - mean.data[channel]!) * scale.data[channel]! + beta.data[channel]!
        );
      }),
    ];
  },
});

export interface BatchNormResult {
  readonly y: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
}

export function batchNorm(x: Tensor, gamma: Tensor, beta: Tensor, attributes: Epsilon): BatchNormResult {
  const [y, mean, variance] = x.builder.apply(batchNormOperation, [x, gamma, beta], attributes);
  return { y, mean, variance };
}

export const batchNormInference = (
  x: Tensor,
  parameters: { gamma: Tensor; beta: Tensor; mean: Tensor; variance: Tensor },
  attributes: Epsilon,
): Tensor => {
  const { gamma, beta, mean, variance } = parameters;
  return x.builder.apply(batchNormInferenceOperation, [x, gamma, beta, mean, variance], attributes)[0];
};
