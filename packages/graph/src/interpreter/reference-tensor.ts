import { sizeOf } from "@fleuron/model";
import type { PerAxis, Shape } from "../types.js";

/** A tensor of the reference interpreter: row-major float64, whatever its dtype (booleans are 0 and 1). */
export interface ReferenceTensor<S extends Shape<number> = Shape<number>> {
  readonly shape: S;
  readonly data: Float64Array;
}

export const referenceTensor = <const S extends Shape<number>>(
  shape: S,
  data?: ArrayLike<number>,
): ReferenceTensor<S> => ({
  shape,
  data: data ? Float64Array.from(data) : new Float64Array(sizeOf(shape)),
});

/** A tensor whose elements are computed from their coordinates, in row-major order. */
export function tabulate<const S extends Shape<number>>(
  shape: S,
  element: (coordinates: PerAxis<S>) => number,
): ReferenceTensor<S> {
  const tensor = referenceTensor(shape);
  const coordinates = shape.map(() => 0);
  for (let index = 0; index < tensor.data.length; index++) {
    tensor.data[index] = element(coordinates as unknown as PerAxis<S>);
    for (let axis = shape.length - 1; axis >= 0 && ++coordinates[axis]! === shape[axis]; axis--)
      coordinates[axis] = 0;
  }
  return tensor;
}

/** Row-major offset of coordinates in a shape. */
export function offsetOf(shape: readonly number[], coordinates: readonly number[]): number {
  let offset = 0;
  for (let axis = 0; axis < shape.length; axis++) offset = offset * shape[axis]! + coordinates[axis]!;
  return offset;
}

export const at = (tensor: ReferenceTensor, ...coordinates: readonly number[]): number =>
  tensor.data[offsetOf(tensor.shape, coordinates)]!;
