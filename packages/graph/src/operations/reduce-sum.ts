import type { Tensor } from "../builder.js";
import {
  offsetOf,
  type ReferenceTensor,
  referenceTensor,
  tabulate,
} from "../interpreter/reference-tensor.js";
import { defineOperation, firstGradient } from "../operation.js";
import { float32, shapeError } from "../shapes.js";
import type { Shape } from "../types.js";
import { broadcastLike } from "./broadcast-like.js";
import { reshape } from "./reshape.js";

export interface ReduceAttributes {
  readonly [name: string]: readonly number[] | boolean;
  /** Axes that are summed, ascending. */
  readonly axes: readonly number[];
  /** Whether a summed axis stays, with length 1. */
  readonly keepDimensions: boolean;
}

const reducedShape = (shape: Shape, { axes, keepDimensions }: ReduceAttributes): Shape =>
  shape.flatMap((dimension, axis) => (axes.includes(axis) ? (keepDimensions ? [1] : []) : [dimension]));

/** Sum along axes (ONNX ReduceSum, opset 13). */
export const reduceSumOperation = defineOperation<ReduceAttributes>({
  name: "reduceSum",
  infer(inputs, attributes) {
    const [{ dtype, shape }] = inputs;
    if (dtype !== "float32") throw shapeError("reduceSum", inputs, "takes float32");
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
    const keptShape = reducedShape(input.shape, { ...attributes, keepDimensions: true }) as readonly number[];
    const sum: ReferenceTensor = referenceTensor(keptShape);
    tabulate(input.shape, (coordinates) => {
      const target = coordinates.map((c, axis) => (attributes.axes.includes(axis) ? 0 : c));
      sum.data[offsetOf(keptShape, target)] += input.data[offsetOf(input.shape, coordinates)];
      return 0;
    });
    return [referenceTensor(reducedShape(input.shape, attributes) as readonly number[], sum.data)];
  },
});

export const reduceSum = (
  tensor: Tensor,
  { axes, keepDimensions = false }: { axes: readonly number[]; keepDimensions?: boolean },
): Tensor => tensor.builder.apply(reduceSumOperation, [tensor], { axes, keepDimensions })[0];
