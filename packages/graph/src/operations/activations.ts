// Activations of ONNX that are composed of operations, with the defaults that ONNX gives them (opset 22).
import type { Tensor } from "../operation.js";
import { absolute } from "./absolute.js";
import { add, divide, multiply } from "./arithmetic.js";
import { clip } from "./clip.js";
import { greater, less } from "./comparisons.js";
import { constant } from "./constant.js";
import { erf } from "./erf.js";
import { exp, log, tanh } from "./exponentials.js";
import { where } from "./where.js";

const plus = (x: Tensor, value: number): Tensor => add(x, constant(x.builder, value));
const times = (x: Tensor, value: number): Tensor => multiply(x, constant(x.builder, value));
const isNegative = (x: Tensor): Tensor => less(x, constant(x.builder, 0));

/** eˣ − 1 where x is negative, else 0: no exponential that overflows, whose gradient would not be a number. */
const negativeExponential = (x: Tensor): Tensor => plus(exp(clip(x, undefined, 0)), -1);

/** x, and slope × x where it is negative. */
export const prelu = (x: Tensor, slope: Tensor): Tensor => where(isNegative(x), multiply(x, slope), x);

export const leakyRelu = (x: Tensor, slope = 0.01): Tensor => prelu(x, constant(x.builder, slope));

/** x, and alpha × (eˣ − 1) where it is negative. */
export const elu = (x: Tensor, alpha = 1): Tensor =>
  where(isNegative(x), times(negativeExponential(x), alpha), x);

export const selu = (x: Tensor, alpha = 1.6732631921768188, gamma = 1.0507010221481323): Tensor =>
  times(elu(x, alpha), gamma);

/** x, and alpha × (e^(x/alpha) − 1) where it is negative. */
export const celu = (x: Tensor, alpha = 1): Tensor => times(elu(times(x, 1 / alpha)), alpha);

/** alpha × x + beta, between 0 and 1. */
export const hardSigmoid = (x: Tensor, alpha = 0.2, beta = 0.5): Tensor =>
  clip(plus(times(x, alpha), beta), 0, 1);

export const hardSwish = (x: Tensor): Tensor => multiply(x, hardSigmoid(x, 1 / 6, 0.5));

/** log(1 + eˣ) as max(x, 0) + log(1 + e^−|x|), with max(x, 0) as ½ (x + |x|), whose gradient at 0 is a half. */
export function softplus(x: Tensor): Tensor {
  const magnitude = absolute(x);
  return add(times(add(x, magnitude), 0.5), log(plus(exp(times(magnitude, -1)), 1)));
}

export const mish = (x: Tensor): Tensor => multiply(x, tanh(softplus(x)));

/** x ÷ (1 + |x|). */
export const softsign = (x: Tensor): Tensor => divide(x, plus(absolute(x), 1));

/** x where it is above alpha, else 0. */
export const thresholdedRelu = (x: Tensor, alpha = 1): Tensor =>
  where(greater(x, constant(x.builder, alpha)), x, constant(x.builder, 0));

/** x × Φ(x), exactly by erf or approximately by tanh (Hendrycks & Gimpel 2016). */
export function gelu(x: Tensor, approximate: "none" | "tanh" = "none"): Tensor {
  const cubic = () => add(x, times(multiply(multiply(x, x), x), 0.044715));
  const bent =
    approximate === "none" ? erf(times(x, Math.SQRT1_2)) : tanh(times(cubic(), Math.sqrt(2 / Math.PI)));
  return multiply(times(x, 0.5), plus(bent, 1));
}
