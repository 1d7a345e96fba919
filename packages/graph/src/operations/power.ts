import { firstGradient, type Tensor } from "../operation.js";
import { multiply, subtract } from "./arithmetic.js";
import { cast } from "./cast.js";
import { constant } from "./constant.js";
import { binary } from "./elementwise.js";
import { log } from "./exponentials.js";
import { sumTo } from "./sum-and-broadcast.js";
import { where } from "./where.js";

/** aᵇ, with NumPy's broadcasting (ONNX Pow, opset 15). No gradient of a where b is 0, and none of b where a is 0. */
export const powerOperation = binary("power", Math.pow, (context) => {
  const [a, b] = context.inputs;
  const [y] = context.outputs;
  const gradient = firstGradient(context);
  const number = (value: number) => constant(a.builder, value);
  const slope = multiply(b, power(a, subtract(b, number(1))));
  const ofA = where(cast(b, "bool"), multiply(gradient, slope), number(0));
  const logarithm = log(where(cast(a, "bool"), a, number(1)));
  const ofB = where(cast(a, "bool"), multiply(gradient, multiply(y, logarithm)), number(0));
  return [sumTo(ofA, a), sumTo(ofB, b)];
});

export const power = (a: Tensor, b: Tensor): Tensor => a.builder.apply(powerOperation, [a, b], {})[0];
