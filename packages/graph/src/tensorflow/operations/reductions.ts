import type { ReduceAttributes } from "../../operations/reduce-sum.js";
import { reducedLayout, rowMajor } from "../layout.js";
import type { Lowering } from "../lowering.js";
import { asItLies } from "../value.js";

export const reduceSum: Lowering<ReduceAttributes> = ({
  inputs: [x],
  attributes: { axes, keepDimensions },
  emit,
}) => {
  const { name, layout } = asItLies(x);
  const along = emit.ints(axes.map((axis) => layout.axes.indexOf(axis)).sort((a, b) => a - b));
  const attributes = {
    T: { type: x.dtype },
    Tidx: { type: "int32" },
    keep_dims: { bool: keepDimensions },
  } as const;
  const sum = emit.node("Sum", [name, along], attributes);
  return [{ name: sum, layout: reducedLayout(layout, axes, keepDimensions) }];
};

export const argMax: Lowering<Record<string, never>> = ({ inputs: [x], outputs: [{ shape }], emit }) => {
  const attributes = {
    T: { type: x.dtype },
    Tidx: { type: "int32" },
    output_type: { type: "int32" },
  } as const;
  const name = emit.node("ArgMax", [x.in(rowMajor(x.shape)), emit.ints([1], [])], attributes);
  return [{ name, layout: rowMajor(shape) }];
};
