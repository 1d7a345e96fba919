import { sizeOf } from "@fleuron/model";
import type { MaxPoolAttributes } from "../../operations/max-pool.js";
import { isKnown } from "../../shapes.js";
import type { OnnxEmitter } from "../emitter.js";
import type { Lowering, OnnxValue } from "../lowering.js";

/** The pool's values, and where in the flattened input each one stood. */
function pool(
  emit: OnnxEmitter,
  x: OnnxValue,
  { kernelSize, strides, pads }: MaxPoolAttributes,
): readonly [values: string, indices: string] {
  const attributes = { kernel_shape: { ints: kernelSize }, strides: { ints: strides }, pads: { ints: pads } };
  const outputs = emit.nodeOutputs("MaxPool", [x.name], attributes, { outputCount: 2 });
  return outputs as readonly [string, string];
}

export const maxPool: Lowering<"maxPool"> = ({ inputs: [x], attributes, emit }) => [
  pool(emit, x, attributes)[0],
];

/** Adds each gradient where its maximum stood. MaxUnpool would overwrite where windows overlap. */
export const maxPoolGradient: Lowering<"maxPoolGradient"> = ({ inputs: [gradient, x], attributes, emit }) => {
  const [, indices] = pool(emit, x, attributes);
  const flat = emit.ints([-1]);
  const lengths = isKnown(x.shape) ? x.shape : undefined;
  const shape = lengths ? emit.ints(lengths) : emit.node("Shape", [x.name]);
  const zeros = lengths
    ? emit.node("ConstantOfShape", [emit.ints([sizeOf(lengths)])])
    : emit.node("Reshape", [emit.node("ConstantOfShape", [shape]), flat]);
  const sums = emit.node(
    "ScatterElements",
    [zeros, emit.node("Reshape", [indices, flat]), emit.node("Reshape", [gradient.name, flat])],
    { axis: { int: 0 }, reduction: { string: "add" } },
  );
  return [emit.node("Reshape", [sums, shape])];
};
