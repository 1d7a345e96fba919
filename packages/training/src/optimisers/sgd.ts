import { add, constant, multiply, type NodeBuilder, type Tensor } from "@fleuron/graph";
import * as v from "valibot";
import { clipNormSchema, clipped } from "./clip.js";
import type { OptimisedParameter, OptimiserDefinition } from "./optimiser.js";

export const sgdSchema = v.strictObject({
  type: v.literal("sgd"),
  momentum: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
  nesterov: v.boolean(),
  /** λ of an L2 penalty λ/2·w² on kernels, whose gradient λ·w is added to theirs. */
  weightDecay: v.pipe(v.number(), v.minValue(0)),
  clipNorm: clipNormSchema,
});

export type SgdOptions = v.InferOutput<typeof sgdSchema>;

/**
 * Stochastic gradient descent with momentum, as Keras has it: v ← momentum·v − learningRate·g; w ← w + v, or
 * with Nesterov w ← w + momentum·v − learningRate·g (Sutskever et al. 2013). g is clipped, then decayed.
 */
export const sgd: OptimiserDefinition<SgdOptions, "momentum", never> = {
  slots: ["momentum"],
  scalars: [],
  update(builder, { parameters }, options) {
    const number = (value: number) => constant(builder, value);
    const followed = decayedGradients(builder, parameters, options);
    const updated = parameters.map(({ variable, slots, learningRate }, index) => {
      const descent = multiply(followed[index]!, multiply(learningRate, number(-1)));
      const momentum = add(multiply(slots.momentum, number(options.momentum)), descent);
      const movement = options.nesterov
        ? add(multiply(momentum, number(options.momentum)), descent)
        : momentum;
      return { variable: add(variable, movement), slots: { momentum } };
    });
    return { parameters: updated, scalars: {} };
  },
};

/** The gradients of the parameters, clipped and decayed: what their velocities follow. */
export function decayedGradients(
  builder: NodeBuilder,
  parameters: readonly Pick<OptimisedParameter, "variable" | "gradient" | "decays">[],
  { clipNorm, weightDecay }: Pick<SgdOptions, "clipNorm" | "weightDecay">,
): readonly Tensor[] {
  const gradients = clipped(
    builder,
    parameters.map(({ gradient }) => gradient),
    clipNorm,
  );
  return parameters.map(({ variable, decays }, index) =>
    decays && weightDecay !== 0
      ? add(gradients[index]!, multiply(variable, constant(builder, weightDecay)))
      : gradients[index]!,
  );
}
