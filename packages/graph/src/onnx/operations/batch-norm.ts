import type { Shape } from "../../types.js";
import type { OnnxEmitter } from "../emitter.js";
import type { Lowering } from "../lowering.js";

type Epsilon = { readonly epsilon: number };

/** Axes that a channel's statistics run over. */
const overAxes = (shape: Shape): readonly number[] => shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));

/** [channels] as [1, channels, 1, …], to broadcast against the images. */
const spread = (emit: OnnxEmitter, name: string, shape: Shape): string =>
  emit.node("Reshape", [name, emit.ints([1, -1, ...shape.slice(2).map(() => 1)])]);

const channels = (emit: OnnxEmitter, name: string): string => emit.node("Reshape", [name, emit.ints([-1])]);

/** Elements per channel, as a float32 scalar: a constant where the shape is known. */
function elementsPerChannel(emit: OnnxEmitter, name: string, shape: Shape): string {
  if (shape.every((dimension) => typeof dimension === "number")) {
    return emit.scalar(overAxes(shape).reduce((product, axis) => product * (shape[axis] as number), 1));
  }
  const lengths = emit.node("Gather", [emit.node("Shape", [name]), emit.ints(overAxes(shape))]);
  const count = emit.node("ReduceProd", [lengths], { keepdims: { int: 0 } });
  return emit.node("Cast", [count], { to: { int: 1 } });
}

const mean = (emit: OnnxEmitter, name: string, shape: Shape): string =>
  emit.node("ReduceMean", [name, emit.ints(overAxes(shape))], { keepdims: { int: 1 } });

const sum = (emit: OnnxEmitter, name: string, shape: Shape): string =>
  emit.node("ReduceSum", [name, emit.ints(overAxes(shape))], { keepdims: { int: 1 } });

/** The saved tensors are the batch's mean and 1 ÷ standard deviation, in the shape [channels]. */
export const batchNorm: Lowering<Epsilon> = ({ inputs: [x, gamma, beta], attributes: { epsilon }, emit }) => {
  const average = mean(emit, x.name, x.shape);
  const centred = emit.node("Sub", [x.name, average]);
  const biased = mean(emit, emit.node("Mul", [centred, centred]), x.shape);
  const deviation = emit.node("Sqrt", [emit.node("Add", [biased, emit.scalar(epsilon)])]);
  const inverse = emit.node("Reciprocal", [deviation]);
  const scale = emit.node("Mul", [spread(emit, gamma.name, x.shape), inverse]);
  const y = emit.node("Add", [emit.node("Mul", [centred, scale]), spread(emit, beta.name, x.shape)]);

  const count = elementsPerChannel(emit, x.name, x.shape);
  const fewer = emit.node("Max", [emit.node("Sub", [count, emit.scalar(1)]), emit.scalar(1)]);
  const unbiased = emit.node("Mul", [biased, emit.node("Div", [count, fewer])]);
  const flatMean = channels(emit, average);
  return [y, flatMean, channels(emit, unbiased), flatMean, channels(emit, inverse)];
};

export const batchNormGradient: Lowering<Epsilon> = ({
  inputs: [gradient, x, gamma, savedMean, savedInverse],
  emit,
}) => {
  const inverse = spread(emit, savedInverse.name, x.shape);
  const centred = emit.node("Sub", [x.name, spread(emit, savedMean.name, x.shape)]);
  const count = elementsPerChannel(emit, x.name, x.shape);
  const betaGradient = sum(emit, gradient.name, x.shape);
  const product = sum(emit, emit.node("Mul", [gradient.name, centred]), x.shape);
  const gammaGradient = emit.node("Mul", [product, inverse]);

  const slope = emit.node("Div", [emit.node("Mul", [gammaGradient, inverse]), count]);
  const level = emit.node("Div", [betaGradient, count]);
  const levelled = emit.node("Sub", [
    gradient.name,
    emit.node("Add", [emit.node("Mul", [centred, slope]), level]),
  ]);
  const scale = emit.node("Mul", [spread(emit, gamma.name, x.shape), inverse]);
  return [emit.node("Mul", [levelled, scale]), channels(emit, gammaGradient), channels(emit, betaGradient)];
};

export const batchNormInference: Lowering<Epsilon> = ({ inputs, attributes: { epsilon }, emit }) => [
  emit.node(
    "BatchNormalization",
    inputs.map(({ name }) => name),
    { epsilon: { float: epsilon } },
  ),
];
