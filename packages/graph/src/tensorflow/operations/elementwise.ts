// Operations that are one TensorFlow operation on tensors that lie alike.
import { sameShape } from "../../shapes.js";
import type { Shape } from "../../types.js";
import { type Layout, rowMajor } from "../layout.js";
import type { Lowering } from "../lowering.js";
import type { TensorflowValue } from "../value.js";

type NoAttributes = Record<string, never>;

/** The layout of the first input that has one, if all others have its shape or are scalars; else row-major. */
function commonLayout(inputs: readonly TensorflowValue[], shape: Shape): Layout {
  const alike = inputs.filter((input) => sameShape(input.shape, shape));
  const rest = inputs.filter((input) => !alike.includes(input));
  const chosen = rest.every((input) => input.shape.length === 0)
    ? alike.find(({ layout }) => layout)?.layout
    : undefined;
  return chosen ?? rowMajor(shape);
}

const operator =
  (op: string): Lowering<NoAttributes> =>
  ({ inputs, outputs: [{ shape }], emit }) => {
    const layout = commonLayout(inputs, shape);
    const names = inputs.map((input) =>
      input.in(sameShape(input.shape, shape) ? layout : rowMajor(input.shape)),
    );
    return [{ name: emit.node(op, names, { T: { type: inputs[0].dtype } }), layout }];
  };

export const add = operator("AddV2");
export const subtract = operator("Sub");
export const multiply = operator("Mul");
export const divide = operator("RealDiv");
export const minimum = operator("Minimum");
export const sqrt = operator("Sqrt");
export const relu = operator("Relu");
export const reluGradient = operator("ReluGrad");
export const equal = operator("Equal");

export const constant: Lowering<{ value: number }> = ({ attributes, emit }) => [
  { name: emit.scalar(attributes.value), layout: rowMajor([]) },
];
