// Batch normalisation as affine maps per channel: few passes over the images, all else on [channels].
import { isKnown } from "../../shapes.js";
import type { Shape } from "../../types.js";
import type { OnnxEmitter } from "../emitter.js";
import type { Lowering } from "../lowering.js";
import { channelSums, spreadChannels } from "./per-channel.js";

/** Elements per channel, as a float32 scalar: a constant where the shape is known. */
function elementsPerChannel(emit: OnnxEmitter, name: string, shape: Shape): string {
  const axes = shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  if (isKnown(shape)) return emit.scalar(axes.reduce((product, axis) => product * shape[axis]!, 1));
  const lengths = emit.node("Gather", [emit.node("Shape", [name]), emit.ints(axes)]);
  const count = emit.node("ReduceProd", [lengths], { keepdims: { int: 0 } });
  return emit.node("Cast", [count], { to: { int: 1 } });
}

/**
 * y = x × scale + shift. The variance is that of the centred values: E[x²] − E[x]² would lose digits. The saved
 * tensors are the batch's mean and 1 ÷ standard deviation.
 */
export const batchNorm: Lowering<"batchNorm"> = ({
  inputs: [x, gamma, beta],
  attributes: { epsilon },
  emit,
}) => {
  const spread = (channels: string) => spreadChannels(emit, channels, x.shape);
  const count = elementsPerChannel(emit, x.name, x.shape);
  const mean = emit.node("Div", [channelSums(emit, x.name, x.shape), count]);
  const centred = emit.node("Sub", [x.name, spread(mean)]);
  const squares = channelSums(emit, emit.node("Mul", [centred, centred]), x.shape);
  const variance = emit.node("Div", [squares, count]);
  const inverse = emit.node("Reciprocal", [
    emit.node("Sqrt", [emit.node("Add", [variance, emit.scalar(epsilon)])]),
  ]);
  const scale = emit.node("Mul", [gamma.name, inverse]);
  const shift = emit.node("Sub", [beta.name, emit.node("Mul", [mean, scale])]);
  const y = emit.node("Add", [emit.node("Mul", [x.name, spread(scale)]), spread(shift)]);

  const fewer = emit.node("Max", [emit.node("Sub", [count, emit.scalar(1)]), emit.scalar(1)]);
  return [y, mean, emit.node("Div", [squares, fewer]), mean, inverse];
};

/**
 * ∂x = ∂y × scale + (x − mean) × slope + level, with slope and level from the sums of ∂y and ∂y × (x − mean). The
 * centred images are computed again, as another node than in the forward pass: kept until now, they would be a copy of x.
 */
export const batchNormGradient: Lowering<"batchNormGradient"> = ({
  inputs: [gradient, x, gamma, mean, inverse],
  emit,
}) => {
  const spread = (channels: string) => spreadChannels(emit, channels, x.shape);
  const multiply = (a: string, b: string) => emit.node("Mul", [a, b]);
  const centred = emit.node("Add", [x.name, spread(emit.node("Neg", [mean.name]))]);
  const betaGradient = channelSums(emit, gradient.name, x.shape);
  const products = channelSums(emit, multiply(gradient.name, centred), x.shape);
  const gammaGradient = multiply(products, inverse.name);

  const scale = multiply(gamma.name, inverse.name);
  const perElement = emit.node("Neg", [emit.node("Div", [scale, elementsPerChannel(emit, x.name, x.shape)])]);
  const slope = multiply(multiply(perElement, gammaGradient), inverse.name);
  const level = multiply(perElement, betaGradient);
  const ofX = emit.node("Add", [multiply(centred, spread(slope)), spread(level)]);
  return [emit.node("Add", [multiply(gradient.name, spread(scale)), ofX]), gammaGradient, betaGradient];
};

export const batchNormInference: Lowering<"batchNormInference"> = ({
  inputs,
  attributes: { epsilon },
  emit,
}) => [
  emit.node(
    "BatchNormalization",
    inputs.map(({ name }) => name),
    { epsilon: { float: epsilon } },
  ),
];
