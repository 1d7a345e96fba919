import { referenceTensor } from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import { defineOperation, firstGradient } from "../operation.js";
import { divide, multiply } from "./arithmetic.js";
import { constant } from "./constant.js";

/** Element-wise square root (ONNX Sqrt). */
export const sqrtOperation = defineOperation<Record<string, never>>({
  name: "sqrt",
  infer: ([{ dtype, shape }]) => [{ dtype, shape }],
  gradient(context) {
    const gradient = firstGradient(context);
    return [divide(multiply(gradient, constant(gradient.builder, 0.5)), context.outputs[0])];
  },
  evaluate: ([input]) => [referenceTensor(input.shape, input.data.map(Math.sqrt))],
});

export const sqrt = (tensor: Tensor): Tensor => tensor.builder.apply(sqrtOperation, [tensor], {})[0];
