// Operations that move elements without computing.

import { reshapeTarget } from "../../reshape-target.js";
import { onnxDataType } from "../data-type.js";
import type { Lowering } from "../lowering.js";

export const reshape: Lowering<"reshape"> = ({ inputs: [x], attributes, emit }) => [
  emit.node("Reshape", [x.name, emit.ints(reshapeTarget("ONNX", attributes.shape))]),
];

export const transpose: Lowering<"transpose"> = ({ inputs: [x], attributes, emit }) => [
  emit.node("Transpose", [x.name], { perm: { ints: attributes.permutation } }),
];

export const concat: Lowering<"concat"> = ({ inputs, attributes: { axis }, emit }) => [
  emit.node(
    "Concat",
    inputs.map(({ name }) => name),
    { axis: { int: axis } },
  ),
];

export const slice: Lowering<"slice"> = ({ inputs: [x], attributes: { axis, start, end }, emit }) => [
  emit.node("Slice", [x.name, emit.ints([start]), emit.ints([end]), emit.ints([axis])]),
];

export const pad: Lowering<"pad"> = ({ inputs: [x], attributes: { before, after, value }, emit }) => [
  emit.node("Pad", [x.name, emit.ints([...before, ...after]), emit.scalar(value)]),
];

export const broadcastLike: Lowering<"broadcastLike"> = ({ inputs: [x, like], emit }) => [
  emit.node("Expand", [x.name, emit.node("Shape", [like.name])]),
];

export const cast: Lowering<"cast"> = ({ inputs: [x], attributes, emit }) => [
  emit.node("Cast", [x.name], { to: { int: onnxDataType(attributes.dtype) } }),
];
