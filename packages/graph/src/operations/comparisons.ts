// Comparisons with NumPy's broadcasting, as bool (ONNX Greater, Less), and what is made of bools (And, Not).
import { referenceTensor } from "../interpreter/reference-tensor.js";
import { defineOperation, type NoAttributes, notDifferentiable, type Tensor } from "../operation.js";
import { requireSameShape } from "../shapes.js";
import { binary } from "./elementwise.js";

const jumps = notDifferentiable("it moves in jumps");

export const greaterOperation = binary("greater", (a, b) => Number(a > b), jumps, "bool");

export const lessOperation = binary("less", (a, b) => Number(a < b), jumps, "bool");

export const logicalNotOperation = defineOperation<NoAttributes, ["any"]>({
  name: "logicalNot",
  inputs: [{ dtype: "bool", rank: "any" }],
  infer: ([{ shape }]) => [{ dtype: "bool", shape }],
  gradient: jumps,
  evaluate: ([{ shape, data }]) => [
    referenceTensor(
      shape,
      data.map((value) => 1 - value),
    ),
  ],
});

/** Whether both are true, of equal shapes. */
export const logicalAndOperation = defineOperation<NoAttributes, ["any", "any"]>({
  name: "logicalAnd",
  inputs: [
    { dtype: "bool", rank: "any" },
    { dtype: "bool", rank: "any" },
  ],
  infer: (inputs) => [{ dtype: "bool", shape: requireSameShape("logicalAnd", inputs) }],
  gradient: jumps,
  evaluate: ([a, b]) => [
    referenceTensor(
      a.shape,
      a.data.map((value, index) => value * b.data[index]!),
    ),
  ],
});

export const greater = (a: Tensor, b: Tensor): Tensor => a.builder.apply(greaterOperation, [a, b], {})[0];
export const less = (a: Tensor, b: Tensor): Tensor => a.builder.apply(lessOperation, [a, b], {})[0];
export const logicalNot = (a: Tensor): Tensor => a.builder.apply(logicalNotOperation, [a], {})[0];
export const logicalAnd = (a: Tensor, b: Tensor): Tensor =>
  a.builder.apply(logicalAndOperation, [a, b], {})[0];
