import { firstGradient, type Tensor } from "../operation.js";
import { multiply, subtract } from "./arithmetic.js";
import { cast } from "./cast.js";
import { greater, less } from "./comparisons.js";
import { constant } from "./constant.js";
import { unary } from "./elementwise.js";

/** |x| (ONNX Abs, opset 13), of gradient 0 at 0. */
export const absoluteOperation = unary("absolute", Math.abs, (context) => {
  const [x] = context.inputs;
  const zero = constant(x.builder, 0);
  const sign = subtract(cast(greater(x, zero), "float32"), cast(less(x, zero), "float32"));
  return [multiply(firstGradient(context), sign)];
});

export const absolute = (x: Tensor): Tensor => x.builder.apply(absoluteOperation, [x], {})[0];
