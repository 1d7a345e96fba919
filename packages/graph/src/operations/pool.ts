// What pools share: windows over [N, C, H, W] without weights.
import { float32, shapeError } from "../shapes.js";
import type { Dimension, Shape } from "../types.js";
import { type WindowAttributes, windowLength } from "./window.js";

export interface PoolAttributes extends WindowAttributes {
  readonly kernelSize: readonly [number, number];
}

/** A window that lay in pads altogether would have no largest element, and no mean. */
export function pooledShape<D extends Dimension>(
  operation: string,
  x: Shape<D, 4>,
  attributes: PoolAttributes,
): Shape<D | number, 4> {
  const { kernelSize, pads } = attributes;
  if (pads.some((pad, side) => pad >= kernelSize[side % 2]!)) throw beyond(operation, x, attributes);
  const length = (axis: 0 | 1) =>
    windowLength(operation, [x], { window: kernelSize[axis], axis }, attributes);
  return [x[0], x[1], length(0), length(1)];
}

export const beyond = (operation: string, x: Shape, { kernelSize, pads }: PoolAttributes) =>
  shapeError(operation, [float32(x)], `windows of [${kernelSize}] may lie in pads of [${pads}] altogether`);
