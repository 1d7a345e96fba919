// What operations share whose elements follow from one element of each operand.
import { at, type ReferenceTensor, referenceTensor, tabulate } from "../interpreter/reference-tensor.js";
import { defineOperation, floats, type NoAttributes, type Operation } from "../operation.js";
import { broadcastShapes, float32, knownShape, shapeError } from "../shapes.js";
import type { DType } from "../types.js";

export type Unary = Operation<NoAttributes, ["any"], ["any"]>;
export type Binary = Operation<NoAttributes, ["any", "any"], ["any"]>;

export const unary = (name: string, apply: (x: number) => number, gradient: Unary["gradient"]): Unary =>
  defineOperation<NoAttributes, ["any"]>({
    name,
    inputs: [floats()],
    infer: ([{ shape }]) => [float32(shape)],
    gradient,
    evaluate: ([{ shape, data }]) => [referenceTensor(shape, data.map(apply))],
  });

/** An operation on two tensors, which broadcast as NumPy does. */
export function binary(
  name: string,
  apply: (a: number, b: number) => number,
  gradient: Binary["gradient"],
  dtype: DType = "float32",
): Binary {
  return defineOperation<NoAttributes, ["any", "any"]>({
    name,
    inputs: [floats(), floats()],
    infer(inputs) {
      const [a, b] = inputs;
      const shape = broadcastShapes(a.shape, b.shape);
      if (!shape) throw shapeError(name, inputs, "the shapes do not broadcast");
      return [{ dtype, shape }];
    },
    gradient,
    evaluate([a, b]) {
      const shape = knownShape(name, broadcastShapes(a.shape, b.shape)!);
      return [
        tabulate(shape, (coordinates) => apply(broadcastAt(a, coordinates), broadcastAt(b, coordinates))),
      ];
    },
  });
}

/** The element that broadcasting reads for `coordinates` of the result. */
export function broadcastAt(tensor: ReferenceTensor, coordinates: readonly number[]): number {
  const skipped = coordinates.length - tensor.shape.length;
  return at(tensor, ...tensor.shape.map((length, axis) => (length === 1 ? 0 : coordinates[axis + skipped]!)));
}
