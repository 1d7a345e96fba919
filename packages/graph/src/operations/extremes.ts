// The larger and the smaller of two, with NumPy's broadcasting (ONNX Max, Min; opset 13). Of two equal ones the first has
// the gradient.
import { firstGradient, type GradientContext, type NoAttributes, type Tensor } from "../operation.js";
import { greater, less } from "./comparisons.js";
import { constant } from "./constant.js";
import { binary } from "./elementwise.js";
import { sumTo } from "./sum-and-broadcast.js";
import { where } from "./where.js";

function divided(
  context: GradientContext<NoAttributes, ["any", "any"], ["any"]>,
  isSecond: (a: Tensor, b: Tensor) => Tensor,
): [Tensor, Tensor] {
  const [a, b] = context.inputs;
  const gradient = firstGradient(context);
  const zero = constant(a.builder, 0);
  const second = isSecond(a, b);
  return [sumTo(where(second, zero, gradient), a), sumTo(where(second, gradient, zero), b)];
}

export const maximumOperation = binary("maximum", Math.max, (context) => divided(context, less));

export const minimumOperation = binary("minimum", Math.min, (context) => divided(context, greater));

export const maximum = (a: Tensor, b: Tensor): Tensor => a.builder.apply(maximumOperation, [a, b], {})[0];
export const minimum = (a: Tensor, b: Tensor): Tensor => a.builder.apply(minimumOperation, [a, b], {})[0];
