import { onnxDataType } from "../data-type.js";
import type { Lowering } from "../lowering.js";

export const reduceSum: Lowering<{ axes: readonly number[]; keepDimensions: boolean }> = ({
  inputs: [x],
  attributes: { axes, keepDimensions },
  emit,
}) => [emit.node("ReduceSum", [x.name, emit.ints(axes)], { keepdims: { int: Number(keepDimensions) } })];

export const argMax: Lowering<Record<string, never>> = ({ inputs: [x], emit }) => {
  const column = emit.node("ArgMax", [x.name], { axis: { int: 1 }, keepdims: { int: 0 } });
  return [emit.node("Cast", [column], { to: { int: onnxDataType("int32") } })];
};
