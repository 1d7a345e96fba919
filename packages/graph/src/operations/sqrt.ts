import { referenceTensor } from "../interpreter/reference-tensor.js";
import type { NoAttributes, Tensor } from "../operation.js";
import { defineOperation, firstGradient, floats } from "../operation.js";
import { float32 } from "../shapes.js";
import { divide, multiply } from "./arithmetic.js";
import { constant } from "./constant.js";

/** Element-wise square root (ONNX Sqrt). */
export const sqrtOperation = defineOperation<NoAttributes, ["any"]>({
  name: "sqrt",
  inputs: [floats()],
  infer: ([{ shape }]) => [float32(shape)],
  gradient(context) {
    const gradient = firstGradient(context);
    return [divide(multiply(gradient, constant(gradient.builder, 0.5)), context.outputs[0])];
  },
  evaluate: ([input]) => [referenceTensor(input.shape, input.data.map(Math.sqrt))],
});

export const sqrt = (tensor: Tensor): Tensor => tensor.builder.apply(sqrtOperation, [tensor], {})[0];
