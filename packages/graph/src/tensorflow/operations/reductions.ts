import type { ReduceAttributes } from "../../operations/reduction.js";
import type { TensorflowEmitter } from "../emitter.js";
import { channelsLast, reducedLayout, rowMajor } from "../layout.js";
import type { Lowering } from "../lowering.js";
import { asItLies, type LaidOut, type TensorflowValue } from "../value.js";

/** All but the channels of images or vectors in half precision: the gradient of a bias. */
const isOfBias = (x: TensorflowValue, axes: readonly number[], keepDimensions: boolean): boolean =>
  x.stored === "bfloat16" && !keepDimensions && axes.length === x.shape.length - 1 && !axes.includes(1);

/** TensorFlow sums these in float32 before it rounds. */
function biasGradient(x: TensorflowValue, emit: TensorflowEmitter): LaidOut {
  const { stored } = x;
  const attributes = { T: { type: stored }, data_format: { string: "NHWC" } } as const;
  const name = emit.node("BiasAddGrad", [x.in(channelsLast(x.shape), stored)], attributes);
  return { name, layout: rowMajor([x.shape[1]!]), stored };
}

function reduced(
  op: "Max" | "Sum",
  x: TensorflowValue,
  { axes, keepDimensions }: ReduceAttributes,
  emit: TensorflowEmitter,
): LaidOut {
  const { name, layout } = asItLies(x);
  const along = emit.ints(axes.map((axis) => layout.axes.indexOf(axis)).sort((a, b) => a - b));
  const attributes = {
    T: { type: x.dtype },
    Tidx: { type: "int32" },
    keep_dims: { bool: keepDimensions },
  } as const;
  return {
    name: emit.node(op, [name, along], attributes),
    layout: reducedLayout(layout, axes, keepDimensions),
  };
}

export const reduceSum: Lowering<"reduceSum"> = ({ inputs: [x], attributes, emit }) => [
  isOfBias(x, attributes.axes, attributes.keepDimensions)
    ? biasGradient(x, emit)
    : reduced("Sum", x, attributes, emit),
];

export const reduceMax: Lowering<"reduceMax"> = ({ inputs: [x], attributes, emit }) => [
  reduced("Max", x, attributes, emit),
];

export const argMax: Lowering<"argMax"> = ({ inputs: [x], outputs: [{ shape }], emit }) => {
  const attributes = {
    T: { type: x.dtype },
    Tidx: { type: "int32" },
    output_type: { type: "int32" },
  } as const;
  const name = emit.node("ArgMax", [x.in(rowMajor(x.shape)), emit.ints([1], [])], attributes);
  return [{ name, layout: rowMajor(shape) }];
};
