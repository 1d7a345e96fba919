// Summing along axes, and repeating along them: the gradient of each is the other, so they share a file.

import { tabulate } from "../interpreter/reference-tensor.js";
import { defineOperation, firstGradient, floats, type NoAttributes, type Tensor } from "../operation.js";
import { broadcastShapes, float32, sameShape, shapeError } from "../shapes.js";
import { broadcastAt } from "./elementwise.js";
import { keptShape, type ReduceOptions, reduction } from "./reduction.js";
import { reshape } from "./reshape.js";

/** Sum along axes (ONNX ReduceSum, opset 13). */
export const reduceSumOperation = reduction(
  "reduceSum",
  { verb: "sum", start: 0, combine: (sum, element) => sum + element },
  (context) => {
    const [input] = context.inputs;
    const kept = keptShape(input.shape, context.attributes.axes);
    return [broadcastLike(reshape(firstGradient(context), kept), input)];
  },
);

export const reduceSum = (tensor: Tensor, { axes, keepDimensions = false }: ReduceOptions): Tensor =>
  tensor.builder.apply(reduceSumOperation, [tensor], { axes, keepDimensions })[0];

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
  evaluate: ([tensor, like]) => [tabulate(like.shape, (coordinates) => broadcastAt(tensor, coordinates))],
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
