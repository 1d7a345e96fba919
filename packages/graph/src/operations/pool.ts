// What pools share: windows over [N, C, H, W] without weights.
import type { Dimension, Shape } from "../types.js";
import { type WindowAttributes, windowLength } from "./window.js";

export interface PoolAttributes extends WindowAttributes {
  readonly kernelSize: readonly [number, number];
}

export function pooledShape<D extends Dimension>(
  operation: string,
  x: Shape<D, 4>,
  attributes: PoolAttributes,
): Shape<D | number, 4> {
  const length = (axis: 0 | 1) =>
    windowLength(operation, [x], { window: attributes.kernelSize[axis], axis }, attributes);
  return [x[0], x[1], length(0), length(1)];
}
