import {
  add,
  constant,
  divide,
  minimum,
  multiply,
  type NodeBuilder,
  reduceSum,
  sqrt,
  type Tensor,
} from "@fleuron/graph";
import * as v from "valibot";
import type { OptimisedParameter, OptimiserDefinition } from "./optimiser.js";

export const sgdSchema = v.strictObject({
  type: v.literal("sgd"),
  momentum: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
  nesterov: v.boolean(),
  /** λ of an L2 penalty λ/2·w² on kernels, whose gradient λ·w is added to theirs. */
  weightDecay: v.pipe(v.number(), v.minValue(0)),
  /** Gradients are scaled down together so that the norm of all of them is at most this; null: never. */
  clipNorm: v.nullable(v.pipe(v.number(), v.gtValue(0))),
});

export type SgdOptions = v.InferOutput<typeof sgdSchema>;

/**
 * Stochastic gradient descent with momentum, as Keras has it: v ← momentum·v − learningRate·g; w ← w + v, or
 * with Nesterov w ← w + momentum·v − learningRate·g (Sutskever et al. 2013). g is clipped, then decayed.
 */
export const sgd: OptimiserDefinition<SgdOptions> = {
  slots: ["momentum"],
  update({ parameters, learningRate }, options) {
    const { builder } = learningRate;
    const number = (value: number) => constant(builder, value);
    const followed = slopes(builder, parameters, options);
    return parameters.map(({ variable, slots }, index) => {
      const descent = multiply(followed[index], multiply(learningRate, number(-1)));
      const momentum = add(multiply(slots.momentum, number(options.momentum)), descent);
      const movement = options.nesterov
        ? add(multiply(momentum, number(options.momentum)), descent)
        : momentum;
      return { variable: add(variable, movement), slots: { momentum } };
    });
  },
};

/** Per parameter, the gradient clipped and decayed: what its velocity follows. */
export function slopes(
  builder: NodeBuilder,
  parameters: readonly Pick<OptimisedParameter, "variable" | "gradient" | "decays">[],
  { clipNorm, weightDecay }: SgdOptions,
): readonly Tensor[] {
  const gradients = parameters.map(({ gradient }) => gradient);
  const factor = clipNorm === null ? undefined : clipFactor(gradients, clipNorm);
  return parameters.map(({ variable, gradient, decays }) => {
    const clipped = factor ? multiply(gradient, factor) : gradient;
    if (!decays || weightDecay === 0) return clipped;
    return add(clipped, multiply(variable, constant(builder, weightDecay)));
  });
}

/** min(1, limit ÷ norm of all gradients together) (Pascanu et al. 2013). */
function clipFactor(gradients: readonly Tensor[], limit: number): Tensor {
  const squares = gradients.map((gradient) =>
    reduceSum(multiply(gradient, gradient), { axes: gradient.shape.map((_, axis) => axis) }),
  );
  const norm = sqrt(squares.reduce(add));
  return minimum(constant(norm.builder, 1), divide(constant(norm.builder, limit), norm));
}
