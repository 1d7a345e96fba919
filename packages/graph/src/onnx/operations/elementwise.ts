// Operations that are one ONNX operator of the same inputs.

import type { NoAttributes } from "../../operation.js";
import type { Lowering } from "../lowering.js";

const operator =
  (opType: string): Lowering<NoAttributes> =>
  ({ inputs, emit }) => [
    emit.node(
      opType,
      inputs.map(({ name }) => name),
    ),
  ];

export const add = operator("Add");
export const subtract = operator("Sub");
export const multiply = operator("Mul");
export const divide = operator("Div");
export const minimum = operator("Min");
export const sqrt = operator("Sqrt");
export const relu = operator("Relu");
export const equal = operator("Equal");

export const constant: Lowering<{ value: number }> = ({ attributes, emit }) => [
  emit.scalar(attributes.value),
];

export const softmax: Lowering<NoAttributes> = ({ inputs: [logits], emit }) => [
  emit.node("Softmax", [logits.name], { axis: { int: 1 } }),
];

export const reluGradient: Lowering<NoAttributes> = ({ inputs: [gradient, output], emit }) => {
  const zero = emit.scalar(0);
  return [emit.node("Where", [emit.node("Greater", [output.name, zero]), gradient.name, zero])];
};
