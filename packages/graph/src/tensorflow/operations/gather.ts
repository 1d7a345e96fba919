import { permuted } from "../layout.js";
import { forTraining, type Lowering } from "../lowering.js";
import { alongAxes, withLengths } from "../value.js";

export const gather: Lowering<"gather"> = ({
  inputs: [x],
  attributes: { indices, axis },
  outputs: [{ shape }],
  emit,
}) => {
  const { name, layout, stored } = alongAxes(x, [axis]);
  const gathered = emit.gather(name, indices, layout.axes.indexOf(axis), stored);
  return [{ name: gathered, layout: withLengths(layout, [axis], shape), stored }];
};

/** Segments are rows of the first axis in memory. */
export const scatterAdd: Lowering<"scatterAdd"> = forTraining(
  ({ inputs: [x], attributes: { indices, axis, length }, outputs: [{ shape }], emit }) => {
    const axes = [axis, ...shape.map((_, each) => each).filter((each) => each !== axis)];
    const inputs = [x.in(permuted(x.shape, axes)), emit.ints(indices), emit.ints([length], [])];
    const name = emit.node("UnsortedSegmentSum", inputs, {
      T: { type: x.dtype },
      Tindices: { type: "int32" },
      Tnumsegments: { type: "int32" },
    });
    return [{ name, layout: permuted(shape, axes) }];
  },
);
