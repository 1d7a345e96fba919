import type { Lowering } from "../lowering.js";

export const gather: Lowering<"gather"> = ({ inputs: [x], attributes: { indices, axis }, emit }) => [
  emit.node("Gather", [x.name, emit.ints(indices)], { axis: { int: axis } }),
];

/** ScatterND would do with one index for each place, but onnxruntime lets several threads add to one element there. */
export const scatterAdd: Lowering<"scatterAdd"> = ({
  inputs: [x],
  attributes: { indices, axis, length },
  emit,
}) => {
  const shape = emit.node("Shape", [x.name]);
  const longer = emit.node("ScatterElements", [shape, emit.ints([axis]), emit.ints([length])]);
  const zeros = emit.node("ConstantOfShape", [longer]);
  const along = x.shape.map((_, each) => (each === axis ? indices.length : 1));
  const places = emit.node("Expand", [emit.ints(indices, along), shape]);
  const options = { axis: { int: axis }, reduction: { string: "add" } };
  return [emit.node("ScatterElements", [zeros, places, x.name], options)];
};
