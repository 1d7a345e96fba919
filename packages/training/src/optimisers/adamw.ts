import { add, constant, divide, multiply, sqrt, subtract, type Tensor } from "@fleuron/graph";
import * as v from "valibot";
import { clipNormSchema, clipped } from "./clip.js";
import type { OptimiserDefinition } from "./optimiser.js";

const share = v.pipe(v.number(), v.minValue(0), v.ltValue(1));

export const adamwSchema = v.strictObject({
  type: v.literal("adamw"),
  /** Share of the mean gradient, and of the mean squared gradient, that a step keeps. Usually 0.9 and 0.999. */
  beta1: share,
  beta2: share,
  /** What keeps the division finite. Usually 1e-8. */
  epsilon: v.pipe(v.number(), v.gtValue(0)),
  /** Share of a kernel that a step of learning rate 1 would take from it, whatever its gradient. */
  weightDecay: v.pipe(v.number(), v.minValue(0)),
  clipNorm: clipNormSchema,
});

export type AdamwOptions = v.InferOutput<typeof adamwSchema>;

/**
 * Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2): m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²;
 * w ← w − learningRate·(m̂ ÷ (√v̂ + ε) + λw), with m̂ = m ÷ (1 − β₁ᵗ) and v̂ = v ÷ (1 − β₂ᵗ). The two denominators are
 * kept as scalars that move as the means do, from 0: c ← βc + (1 − β) is 1 − βᵗ after t steps.
 */
export const adamw: OptimiserDefinition<
  AdamwOptions,
  "mean" | "meanSquare",
  "meanWeight" | "meanSquareWeight"
> = {
  slots: ["mean", "meanSquare"],
  scalars: ["meanWeight", "meanSquareWeight"],
  update(builder, { parameters, scalars }, options) {
    const { beta1, beta2, epsilon, weightDecay, clipNorm } = options;
    const number = (value: number) => constant(builder, value);
    const moved = (mean: Tensor, value: Tensor, beta: number) =>
      add(multiply(mean, number(beta)), multiply(value, number(1 - beta)));
    const meanWeight = moved(scalars.meanWeight, number(1), beta1);
    const meanSquareWeight = moved(scalars.meanSquareWeight, number(1), beta2);
    const gradients = clipped(
      builder,
      parameters.map(({ gradient }) => gradient),
      clipNorm,
    );
    const updated = parameters.map(({ variable, slots, decays, learningRate }, index) => {
      const gradient = gradients[index]!;
      const mean = moved(slots.mean, gradient, beta1);
      const meanSquare = moved(slots.meanSquare, multiply(gradient, gradient), beta2);
      const deviation = add(sqrt(divide(meanSquare, meanSquareWeight)), number(epsilon));
      const step = divide(divide(mean, meanWeight), deviation);
      const decayed = decays && weightDecay !== 0 ? add(step, multiply(variable, number(weightDecay))) : step;
      return {
        variable: subtract(variable, multiply(decayed, learningRate)),
        slots: { mean, meanSquare },
      };
    });
    return { parameters: updated, scalars: { meanWeight, meanSquareWeight } };
  },
};
