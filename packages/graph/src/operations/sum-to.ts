import type { Tensor } from "../builder.js";
import { sameShape } from "../shapes.js";
import { reduceSum } from "./reduce-sum.js";

/** The reverse of broadcasting: sums `tensor` over the axes along which `target` was repeated. */
export function sumTo(tensor: Tensor, target: Tensor): Tensor {
  if (sameShape(tensor.shape, target.shape)) return tensor;
  const added = tensor.shape.length - target.shape.length;
  const leading = Array.from({ length: added }, (_, axis) => axis);
  const trimmed = added > 0 ? reduceSum(tensor, { axes: leading, keepDimensions: false }) : tensor;
  const repeated = target.shape.flatMap((d, axis) => (d === 1 && trimmed.shape[axis] !== 1 ? [axis] : []));
  return repeated.length > 0 ? reduceSum(trimmed, { axes: repeated, keepDimensions: true }) : trimmed;
}
