// Operations that are one ONNX operator of the same inputs.

import { onnxDataType } from "../data-type.js";
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
export const maximum = operator("Max");
export const minimum = operator("Min");
export const power = operator("Pow");
export const absolute = operator("Abs");
export const erf = operator("Erf");
export const exp = operator("Exp");
export const log = operator("Log");
export const sigmoid = operator("Sigmoid");
export const sqrt = operator("Sqrt");
export const tanh = operator("Tanh");
export const relu = operator("Relu");
export const equal = operator("Equal");
export const greater = operator("Greater");
export const less = operator("Less");
export const logicalAnd = operator("And");
export const logicalNot = operator("Not");
export const where = operator("Where");

export const constant: Lowering<"constant"> = ({ attributes, emit }) => [emit.scalar(attributes.value)];

export const constantTensor: Lowering<"constantTensor"> = ({ attributes: { shape, values }, emit }) => [
  emit.floats(values, shape),
];
/** An input that an operator may go without is named "". */
export const clip: Lowering<"clip"> = ({ inputs: [x], attributes: { low, high }, emit }) => {
  const bounds = [low, high].map((bound) => (bound === undefined ? "" : emit.scalar(bound)));
  return [emit.node("Clip", [x.name, ...(high === undefined ? bounds.slice(0, 1) : bounds)])];
};

export const softmax: Lowering<"softmax"> = ({ inputs: [logits], emit }) => [
  emit.node("Softmax", [logits.name], { axis: { int: logits.shape.length - 1 } }),
];

export const logSoftmax: Lowering<"logSoftmax"> = ({ inputs: [logits], emit }) => [
  emit.node("LogSoftmax", [logits.name], { axis: { int: logits.shape.length - 1 } }),
];

/** A product, which takes fewer passes than onnxruntime's Where. */
export const reluGradient: Lowering<"reluGradient"> = ({ inputs: [gradient, output], emit }) => {
  const isOpen = emit.node("Greater", [output.name, emit.scalar(0)]);
  return [
    emit.node("Mul", [gradient.name, emit.node("Cast", [isOpen], { to: { int: onnxDataType("float32") } })]),
  ];
};
