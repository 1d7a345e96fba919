// Places picked along an axis, and numbers added into such places: the gradient of each is the other, so they share a file.

import { at, offsetOf, referenceTensor, tabulate } from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import { anything, defineOperation, firstGradient, floats } from "../operation.js";
import { float32, known, shapeError } from "../shapes.js";
import type { TensorType } from "../types.js";
import type { GatherAttributes, ScatterAddAttributes } from "./gathered-places.js";

function requireIndices(
  operation: string,
  inputs: readonly TensorType[],
  { indices, axis }: GatherAttributes,
  length: number,
): void {
  if (indices.length === 0) throw shapeError(operation, inputs, "needs one index or more");
  const wrong = indices.find((index) => !Number.isInteger(index) || index < 0 || index >= length);
  if (wrong !== undefined) {
    throw shapeError(operation, inputs, `${wrong} is no place on axis ${axis}, which is ${length} long`);
  }
}

/** The places `indices` along an axis, in that order (ONNX Gather, opset 13, of indices that are known). */
export const gatherOperation = defineOperation<GatherAttributes, ["any"]>({
  name: "gather",
  inputs: [anything],
  infer(inputs, attributes) {
    const [{ dtype, shape }] = inputs;
    const { indices, axis } = attributes;
    const length = shape[axis];
    if (length === undefined) throw shapeError("gather", inputs, `has no axis ${axis} to gather along`);
    requireIndices("gather", inputs, attributes, known("gather", length));
    return [{ dtype, shape: shape.with(axis, indices.length) }];
  },
  gradient(context) {
    const { indices, axis } = context.attributes;
    const length = known("gather", context.inputs[0].shape[axis]!);
    return [scatterAdd(firstGradient(context), indices, axis, length)];
  },
  evaluate([input], { indices, axis }) {
    return [
      tabulate(input.shape.with(axis, indices.length), (coordinates) =>
        at(input, ...coordinates.with(axis, indices[coordinates[axis]!]!)),
      ),
    ];
  },
});

/** Zeros of that length along an axis, to whose places `indices` the input is added (ONNX ScatterElements, "add"). */
export const scatterAddOperation = defineOperation<ScatterAddAttributes, ["any"]>({
  name: "scatterAdd",
  inputs: [floats()],
  infer(inputs, attributes) {
    const [{ shape }] = inputs;
    const { indices, axis, length } = attributes;
    if (shape[axis] !== indices.length) {
      throw shapeError(
        "scatterAdd",
        inputs,
        `axis ${axis} needs one place for each of ${indices.length} indices`,
      );
    }
    requireIndices("scatterAdd", inputs, attributes, length);
    return [float32(shape.with(axis, length))];
  },
  gradient(context) {
    const { indices, axis } = context.attributes;
    return [gather(firstGradient(context), indices, axis)];
  },
  evaluate([input], { indices, axis, length }) {
    const result = referenceTensor(input.shape.with(axis, length));
    tabulate(input.shape, (coordinates) => {
      const target = coordinates.with(axis, indices[coordinates[axis]!]!);
      result.data[offsetOf(result.shape, target)]! += at(input, ...coordinates);
      return 0;
    });
    return [result];
  },
});

export const gather = (tensor: Tensor, indices: readonly number[], axis: number): Tensor =>
  tensor.builder.apply(gatherOperation, [tensor], { indices, axis })[0];
export const scatterAdd = (
  tensor: Tensor,
  indices: readonly number[],
  axis: number,
  length: number,
): Tensor => tensor.builder.apply(scatterAddOperation, [tensor], { indices, axis, length })[0];
