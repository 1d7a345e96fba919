import type { Tensor } from "../builder.js";
import { at, tabulate } from "../interpreter/reference-tensor.js";
import { defineOperation, firstGradient } from "../operation.js";
import { broadcastShapes, float32, sameShape, shapeError } from "../shapes.js";
import { sumTo } from "./sum-to.js";

/** The first tensor repeated to the shape of the second, whose values do not matter (ONNX Shape and Expand). */
export const broadcastLikeOperation = defineOperation<Record<string, never>>({
  name: "broadcastLike",
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
      at(tensor, ...tensor.shape.map((length, axis) => (length === 1 ? 0 : coordinates[axis + skipped])));
    return [tabulate(like.shape, element)];
  },
});

export const broadcastLike = (tensor: Tensor, like: Tensor): Tensor =>
  sameShape(tensor.shape, like.shape)
    ? tensor
    : tensor.builder.apply(broadcastLikeOperation, [tensor, like], {})[0];
