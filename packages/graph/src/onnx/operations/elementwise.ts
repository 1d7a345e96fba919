// Operations that are one ONNX operator of the same inputs.

import type { OnnxEmitter } from "../emitter.js";
import type { Lowering, OnnxValue } from "../lowering.js";

interface Elementwise {
  readonly inputs: readonly OnnxValue[];
  readonly emit: OnnxEmitter;
}

const operator =
  (opType: string) =>
  ({ inputs, emit }: Elementwise): readonly [string] => [
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

export const constant: Lowering<"constant"> = ({ attributes, emit }) => [emit.scalar(attributes.value)];

export const constantTensor: Lowering<"constantTensor"> = ({ attributes: { shape, values }, emit }) => [
  emit.floats(values, shape),
];

export const softmax: Lowering<"softmax"> = ({ inputs: [logits], emit }) => [
  emit.node("Softmax", [logits.name], { axis: { int: 1 } }),
];

export const reluGradient: Lowering<"reluGradient"> = ({ inputs: [gradient, output], emit }) => {
  const zero = emit.scalar(0);
  return [emit.node("Where", [emit.node("Greater", [output.name, zero]), gradient.name, zero])];
};
