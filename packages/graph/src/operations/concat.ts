import { at, tabulate } from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import { anything, defineOperation, firstGradient } from "../operation.js";
import { shapeError } from "../shapes.js";
import { boundaries } from "./boundaries.js";
import { slice } from "./slice-and-pad.js";

export interface ConcatAttributes {
  readonly [name: string]: number;
  readonly axis: number;
}

/** Tensors one behind the other along an axis (ONNX Concat, opset 13). */
export const concatOperation = defineOperation<ConcatAttributes, readonly "any"[]>({
  name: "concat",
  inputs: [anything],
  variadic: true,
  infer(inputs, { axis }) {
    const { dtype, shape } = inputs[0]!;
    if (shape[axis] === undefined) throw shapeError("concat", inputs, `has no axis ${axis} to join along`);
    const alike = inputs.every(
      (other) =>
        other.dtype === dtype &&
        other.shape.length === shape.length &&
        other.shape.every((dimension, index) => index === axis || dimension === shape[index]),
    );
    if (!alike) throw shapeError("concat", inputs, `the tensors may differ along axis ${axis} alone`);
    const length = boundaries(inputs, axis).at(-1)!;
    return [{ dtype, shape: shape.with(axis, length) }];
  },
  gradient(context) {
    const { axis } = context.attributes;
    const gradient = firstGradient(context);
    const ends = boundaries(context.inputs, axis);
    return context.inputs.map((_, index) => slice(gradient, axis, ends[index]!, ends[index + 1]!));
  },
  evaluate(inputs, { axis }) {
    const ends = boundaries(inputs, axis);
    return [
      tabulate(inputs[0]!.shape.with(axis, ends.at(-1)!), (coordinates) => {
        const place = coordinates[axis]!;
        const index = ends.findLastIndex((end) => end <= place);
        return at(inputs[index]!, ...coordinates.with(axis, place - ends[index]!));
      }),
    ];
  },
});

export const concat = (tensors: readonly Tensor[], axis: number): Tensor => {
  const [first] = tensors;
  if (first === undefined) throw new Error("internal: concat was given no tensor");
  return tensors.length === 1 ? first : first.builder.apply(concatOperation, tensors, { axis })[0];
};
