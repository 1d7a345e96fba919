// Operations that are one TensorFlow operation on tensors that lie alike.

import { sameShape } from "../../shapes.js";
import type { Shape, TensorType } from "../../types.js";
import type { TensorflowEmitter } from "../emitter.js";
import { type Layout, rowMajor } from "../layout.js";
import { forTraining, type Lowering } from "../lowering.js";
import type { LaidOut, TensorflowValue } from "../value.js";

/** The layout of the first input that has one, if all others have its shape or are scalars; else row-major. */
function commonLayout(inputs: readonly TensorflowValue[], shape: Shape): Layout {
  const alike = inputs.filter((input) => sameShape(input.shape, shape));
  const rest = inputs.filter((input) => !alike.includes(input));
  const chosen = rest.every((input) => input.shape.length === 0)
    ? alike.find(({ layout }) => layout)?.layout
    : undefined;
  return chosen ?? rowMajor(shape);
}

interface Elementwise {
  readonly inputs: readonly [TensorflowValue, ...TensorflowValue[]];
  readonly outputs: readonly [TensorType];
  readonly emit: TensorflowEmitter;
}

/** An operation that computes in what its tensors are stored in, or always in their dtype. */
const operator =
  (op: string, { mixes = false } = {}) =>
  ({ inputs, outputs: [{ shape }], emit }: Elementwise): readonly [LaidOut] => {
    const layout = commonLayout(inputs, shape);
    const alike = (input: TensorflowValue) => sameShape(input.shape, shape);
    const half = mixes && inputs.some((input) => alike(input) && input.stored === "bfloat16");
    const stored = half ? "bfloat16" : inputs[0].dtype;
    const names = inputs.map((input) => input.in(alike(input) ? layout : rowMajor(input.shape), stored));
    const name = emit.node(op, names, { T: { type: stored } });
    return [{ name, layout, ...(half && { stored }) }];
  };

export const add = operator("AddV2");
export const subtract = operator("Sub");
export const multiply = operator("Mul", { mixes: true });
export const divide = operator("RealDiv");
export const maximum = operator("Maximum");
export const minimum = operator("Minimum");
export const power = operator("Pow");
export const absolute = operator("Abs");
export const erf = operator("Erf");
export const exp = operator("Exp");
export const log = operator("Log");
export const sigmoid = operator("Sigmoid");
export const sqrt = operator("Sqrt");
export const tanh = operator("Tanh");
export const relu = operator("Relu", { mixes: true });
export const reluGradient: Lowering<"reluGradient"> = forTraining(operator("ReluGrad", { mixes: true }));
export const equal = operator("Equal");
export const greater = operator("Greater");
export const logicalAnd = operator("LogicalAnd");
export const less = operator("Less");

export const where: Lowering<"where"> = ({ inputs, outputs: [{ shape }], emit }) => {
  const layout = commonLayout(inputs, shape);
  const names = inputs.map((input) =>
    input.in(sameShape(input.shape, shape) ? layout : rowMajor(input.shape)),
  );
  return [{ name: emit.node("SelectV2", names, { T: { type: "float32" } }), layout }];
};

export const constant: Lowering<"constant"> = ({ attributes, emit }) => [
  { name: emit.scalar(attributes.value), layout: rowMajor([]) },
];

export const constantTensor: Lowering<"constantTensor"> = ({ attributes: { shape, values }, emit }) => [
  { name: emit.floats(values, shape), layout: rowMajor(shape) },
];
