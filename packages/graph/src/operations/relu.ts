import { referenceTensor } from "../interpreter/reference-tensor.js";
import type { NoAttributes, Tensor } from "../operation.js";
import { defineOperation, firstGradient, floats } from "../operation.js";
import { float32, requireSameShape } from "../shapes.js";
import { unary } from "./elementwise.js";

/** max(x, 0) (ONNX Relu). */
export const reluOperation = unary(
  "relu",
  (x) => Math.max(x, 0),
  (context) => [reluGradient(firstGradient(context), context.outputs[0])],
);

/** The gradient where the relu's output is above 0, else 0. Inputs: ∂loss/∂output, the relu's output. */
export const reluGradientOperation = defineOperation<NoAttributes, ["any", "any"]>({
  name: "reluGradient",
  inputs: [floats(), floats()],
  infer: (inputs) => [float32(requireSameShape("reluGradient", inputs))],
  gradient: (context) => [reluGradient(firstGradient(context), context.inputs[1]), undefined],
  evaluate: ([gradient, output]) => [
    referenceTensor(
      gradient.shape,
      gradient.data.map((value, index) => (output.data[index]! > 0 ? value : 0)),
    ),
  ],
});

export const relu = (x: Tensor): Tensor => x.builder.apply(reluOperation, [x], {})[0];
const reluGradient = (gradient: Tensor, output: Tensor): Tensor =>
  gradient.builder.apply(reluGradientOperation, [gradient, output], {})[0];
