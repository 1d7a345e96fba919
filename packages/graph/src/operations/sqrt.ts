import { firstGradient, type Tensor } from "../operation.js";
import { divide, multiply } from "./arithmetic.js";
import { constant } from "./constant.js";
import { unary } from "./elementwise.js";

/** Element-wise square root (ONNX Sqrt). */
export const sqrtOperation = unary("sqrt", Math.sqrt, (context) => {
  const gradient = firstGradient(context);
  return [divide(multiply(gradient, constant(gradient.builder, 0.5)), context.outputs[0])];
});

export const sqrt = (tensor: Tensor): Tensor => tensor.builder.apply(sqrtOperation, [tensor], {})[0];
