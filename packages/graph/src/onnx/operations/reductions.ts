import { onnxDataType } from "../data-type.js";
import type { Lowering } from "../lowering.js";
import { channelSums } from "./per-channel.js";

export const reduceSum: Lowering<"reduceSum"> = (lowering) => {
  const { inputs, attributes, emit } = lowering;
  const [x] = inputs;
  const { axes, keepDimensions } = attributes;
  const allButChannels = x.shape.length > 2 && axes.length === x.shape.length - 1 && !axes.includes(1);
  if (allButChannels && !keepDimensions) return [channelSums(emit, x.name, x.shape)];
  return [emit.node("ReduceSum", [x.name, emit.ints(axes)], { keepdims: { int: Number(keepDimensions) } })];
};

export const reduceMax: Lowering<"reduceMax"> = ({ inputs: [x], attributes, emit }) => [
  emit.node("ReduceMax", [x.name, emit.ints(attributes.axes)], {
    keepdims: { int: Number(attributes.keepDimensions) },
  }),
];

export const argMax: Lowering<"argMax"> = ({ inputs: [x], emit }) => {
  const column = emit.node("ArgMax", [x.name], { axis: { int: 1 }, keepdims: { int: 0 } });
  return [emit.node("Cast", [column], { to: { int: onnxDataType("int32") } })];
};
