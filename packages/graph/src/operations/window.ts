// What convolutions and pools share: a window that slides over the two last axes.
import { float32, known, shapeError } from "../shapes.js";
import type { AttributeValue, Dimension, Shape } from "../types.js";

export interface WindowAttributes {
  readonly [name: string]: AttributeValue;
  readonly strides: readonly [number, number];
  /** Rows above, columns to the left, rows below, columns to the right. */
  readonly pads: readonly [number, number, number, number];
}

export interface Conv2dAttributes extends WindowAttributes {
  readonly dilations: readonly [number, number];
  readonly groups: number;
}

/**
 * Length of an output axis: ⌊(size + pads − extent) ÷ stride⌋ + 1, as ONNX has it for explicit pads. `shapes` are
 * the images' shape and those that an error should name beside it.
 */
export function windowLength(
  operation: string,
  shapes: readonly [Shape<Dimension, 4>, ...Shape[]],
  { window, dilation = 1, axis }: { window: number; dilation?: number; axis: 0 | 1 },
  { strides, pads }: WindowAttributes,
): number {
  const isCount = (number: number) => Number.isInteger(number) && number > 0;
  if (![window, dilation, strides[axis]].every(isCount)) {
    const what = `a window of ${window}, with dilation ${dilation} and stride ${strides[axis]}, has no such places`;
    throw shapeError(operation, shapes.map(float32), what);
  }
  if (pads.some((pad) => !Number.isInteger(pad) || pad < 0))
    throw shapeError(
      operation,
      shapes.map(float32),
      `pads are counts of rows and columns, but are [${pads}]`,
    );
  const padded = known(operation, shapes[0][axis + 2]!) + pads[axis] + pads[axis + 2]!;
  const extent = (window - 1) * dilation + 1;
  if (padded < extent) {
    const what = `a window of ${extent} does not fit ${padded} rows or columns`;
    throw shapeError(operation, shapes.map(float32), what);
  }
  return Math.floor((padded - extent) / strides[axis]) + 1;
}
