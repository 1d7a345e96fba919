import { firstGradient, type Tensor } from "../operation.js";
import { divide, multiply } from "./arithmetic.js";
import { cast } from "./cast.js";
import { equal } from "./equal.js";
import { keptShape, type ReduceOptions, reduction } from "./reduction.js";
import { reshape } from "./reshape.js";
import { broadcastLike, reduceSum } from "./sum-and-broadcast.js";

/** The largest along axes (ONNX ReduceMax, opset 18). Equal ones share the gradient equally (PyTorch amax). */
export const reduceMaxOperation = reduction(
  "reduceMax",
  { verb: "compare", start: -Infinity, combine: Math.max },
  (context) => {
    const [x] = context.inputs;
    const [y] = context.outputs;
    const { axes } = context.attributes;
    const kept = keptShape(x.shape, axes);
    const isLargest = cast(equal(x, broadcastLike(reshape(y, kept), x)), "float32");
    const count = reduceSum(isLargest, { axes, keepDimensions: true });
    return [multiply(isLargest, divide(reshape(firstGradient(context), kept), count))];
  },
);

export const reduceMax = (x: Tensor, { axes, keepDimensions = false }: ReduceOptions): Tensor =>
  x.builder.apply(reduceMaxOperation, [x], { axes, keepDimensions })[0];
