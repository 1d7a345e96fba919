import { type ScatterAddAttributes, sourcesOf } from "../../operations/gathered-places.js";
import type { OnnxEmitter } from "../emitter.js";
import type { Lowering, OnnxValue } from "../lowering.js";

export const gather: Lowering<"gather"> = ({ inputs: [x], attributes: { indices, axis }, emit }) => [
  emit.node("Gather", [x.name, emit.ints(indices)], { axis: { int: axis } }),
];

/** How many times what goes in and comes out a sum of gathered places may be. */
const MOST = 4;

/**
 * Each place gathers what is added to it, where that are few places: ScatterElements takes an index for each element and
 * one thread. ScatterND takes one for each place, but lets several threads of onnxruntime add to one element at once.
 */
export const scatterAdd: Lowering<"scatterAdd"> = ({ inputs: [x], attributes, emit }) => {
  const { indices, axis, length } = attributes;
  const sources = sourcesOf(attributes);
  const most = sources.reduce((most, { length }) => Math.max(most, length), 0);
  if (most * length > MOST * Math.max(indices.length, length)) return [scattered(emit, x, attributes)];
  const none = x.shape.map(() => 0);
  const pads = emit.ints([...none, ...none.with(axis, 1)]);
  const withZero = emit.node("Pad", [x.name, pads, emit.scalar(0)]);
  const table = sources.flatMap((each) => [...each, ...Array(most - each.length).fill(indices.length)]);
  const gathered = emit.node("Gather", [withZero, emit.ints(table, [length, most])], { axis: { int: axis } });
  return [emit.node("ReduceSum", [gathered, emit.ints([axis + 1])], { keepdims: { int: 0 } })];
};

function scattered(emit: OnnxEmitter, x: OnnxValue, { indices, axis, length }: ScatterAddAttributes): string {
  const shape = emit.node("Shape", [x.name]);
  const longer = emit.node("ScatterElements", [shape, emit.ints([axis]), emit.ints([length])]);
  const zeros = emit.node("ConstantOfShape", [longer]);
  const along = x.shape.map((_, each) => (each === axis ? indices.length : 1));
  const places = emit.node("Expand", [emit.ints(indices, along), shape]);
  const options = { axis: { int: axis }, reduction: { string: "add" } };
  return emit.node("ScatterElements", [zeros, places, x.name], options);
}
