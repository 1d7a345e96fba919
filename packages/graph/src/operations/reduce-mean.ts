import { sizeOf } from "@fleuron/model";
import type { Tensor } from "../operation.js";
import { knownShape } from "../shapes.js";
import { divide } from "./arithmetic.js";
import { constant } from "./constant.js";
import type { ReduceOptions } from "./reduction.js";
import { reduceSum } from "./sum-and-broadcast.js";

/** The mean along axes whose lengths are known (ONNX ReduceMean, opset 18). */
export function reduceMean(x: Tensor, options: ReduceOptions): Tensor {
  const sum = reduceSum(x, options);
  const lengths = knownShape(
    "reduceMean",
    options.axes.map((axis) => x.shape[axis]!),
  );
  return divide(sum, constant(x.builder, sizeOf(lengths)));
}
