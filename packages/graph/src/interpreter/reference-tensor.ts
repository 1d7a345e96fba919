import { sizeOf } from "@fleuron/model";

/** A tensor of the reference interpreter: row-major float64, whatever its dtype (booleans are 0 and 1). */
export interface ReferenceTensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export const referenceTensor = (shape: readonly number[], data?: ArrayLike<number>): ReferenceTensor => ({
  shape,
  data: data ? Float64Array.from(data) : new Float64Array(sizeOf(shape)),
});

/** A tensor whose elements are computed from their coordinates, in row-major order. */
export function tabulate(
  shape: readonly number[],
  element: (coordinates: readonly number[]) => number,
): ReferenceTensor {
  const tensor = referenceTensor(shape);
  const coordinates = shape.map(() => 0);
  for (let index = 0; index < tensor.data.length; index++) {
    tensor.data[index] = element(coordinates);
    for (let axis = shape.length - 1; axis >= 0 && ++coordinates[axis] === shape[axis]; axis--)
      coordinates[axis] = 0;
  }
  return tensor;
}

/** Row-major offset of coordinates in a shape. */
export function offsetOf(shape: readonly number[], coordinates: readonly number[]): number {
  let offset = 0;
  for (let axis = 0; axis < shape.length; axis++) offset = offset * shape[axis] + coordinates[axis];
  return offset;
}

export const at = (tensor: ReferenceTensor, ...coordinates: readonly number[]): number =>
  tensor.data[offsetOf(tensor.shape, coordinates)];
