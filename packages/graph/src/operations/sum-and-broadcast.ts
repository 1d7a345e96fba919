// Summing along axes, and repeating along them: the gradient of each is the other, so they share a file.

import {
  at,
  offsetOf,
  type ReferenceTensor,
  referenceTensor,
  tabulate,
} from "../interpreter/reference-tensor.js";
import { defineOperation, firstGradient, floats, type NoAttributes, type Tensor } from "../operation.js";
import { broadcastShapes, float32, sameShape, shapeError } from "../shapes.js";
import type { Dimension, Shape } from "../types.js";
import { reshape } from "./reshape.js";

export interface ReduceAttributes {
  readonly [name: string]: readonly number[] | boolean;
  /** Axes that are summed, ascending. */
  readonly axes: readonly number[];
  /** Whether a summed axis stays, with length 1. */
  readonly keepDimensions: boolean;
}

const reducedShape = <D extends Dimension>(
  shape: Shape<D>,
  { axes, keepDimensions }: ReduceAttributes,
): Shape<D | number> =>
  shape.flatMap<D | number>((dimension, axis) =>
    axes.includes(axis) ? (keepDimensions ? [1] : []) : [dimension],
  );

/** Sum along axes (ONNX ReduceSum, opset 13). */
export const reduceSumOperation = defineOperation<ReduceAttributes, ["any"]>({
  name: "reduceSum",
  inputs: [floats()],
  infer(inputs, attributes) {
    const [{ shape }] = inputs;
    if (attributes.axes.length === 0 || attributes.axes.some((axis) => axis < 0 || axis >= shape.length)) {
      throw shapeError("reduceSum", inputs, `has no axes [${attributes.axes.join(", ")}] to sum along`);
    }
    return [float32(reducedShape(shape, attributes))];
  },
  gradient(context) {
    const [input] = context.inputs;
    const kept = reducedShape(input.shape, { axes: context.attributes.axes, keepDimensions: true });
    return [broadcastLike(reshape(firstGradient(context), kept), input)];
  },
  evaluate([input], attributes) {
    const keptShape = reducedShape(input.shape, { ...attributes, keepDimensions: true });
    const sum: ReferenceTensor = referenceTensor(keptShape);
    tabulate(input.shape, (coordinates) => {
      const target = coordinates.map((c, axis) => (attributes.axes.includes(axis) ? 0 : c));
      sum.data[offsetOf(keptShape, target)]! += input.data[offsetOf(input.shape, coordinates)]!;
      return 0;
    });
    return [referenceTensor(reducedShape(input.shape, attributes), sum.data)];
  },
});

export const reduceSum = (
  tensor: Tensor,
  { axes, keepDimensions = false }: { axes: readonly number[]; keepDimensions?: boolean },
): Tensor => tensor.builder.apply(reduceSumOperation, [tensor], { axes, keepDimensions })[0];

/** The first tensor repeated to the shape of the second, whose values do not matter (ONNX Shape and Expand). */
export const broadcastLikeOperation = defineOperation<NoAttributes, ["any", "any"]>({
  name: "broadcastLike",
  inputs: [floats(), floats()],
  infer(inputs) {
    const [{ shape }, like] = inputs;
    const result = broadcastShapes(shape, like.shape);
    if (!result || !sameShape(result, like.shape))
      throw shapeError("broadcastLike", inputs, "the first does not broadcast");
    return [float32(like.shape)];
  },
  gradient(context) {
    return [sumTo(firstGradient(context), context.inputs[0]), undefined];
  },
  evaluate([tensor, like]) {
    const skipped = like.shape.length - tensor.shape.length;
    const element = (coordinates: readonly number[]) =>
      at(tensor, ...tensor.shape.map((length, axis) => (length === 1 ? 0 : coordinates[axis + skipped]!)));
    return [tabulate(like.shape, element)];
  },
});

export const broadcastLike = (tensor: Tensor, like: Tensor): Tensor =>
  sameShape(tensor.shape, like.shape)
    ? tensor
    : tensor.builder.apply(broadcastLikeOperation, [tensor, like], {})[0];

/** The reverse of broadcasting: sums `tensor` over the axes along which `target` was repeated. */
export function sumTo(tensor: Tensor, target: Tensor): Tensor {
  if (sameShape(tensor.shape, target.shape)) return tensor;
  const added = tensor.shape.length - target.shape.length;
  const leading = Array.from({ length: added }, (_, axis) => axis);
  const trimmed = added > 0 ? reduceSum(tensor, { axes: leading, keepDimensions: false }) : tensor;
  const repeated = target.shape.flatMap((d, axis) => (d === 1 && trimmed.shape[axis] !== 1 ? [axis] : []));
  return repeated.length > 0 ? reduceSum(trimmed, { axes: repeated, keepDimensions: true }) : trimmed;
}
