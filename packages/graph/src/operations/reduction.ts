// What operations share that make one element of those along some axes.
import {
  offsetOf,
  type ReferenceTensor,
  referenceTensor,
  tabulate,
} from "../interpreter/reference-tensor.js";
import { defineOperation, floats, type Operation } from "../operation.js";
import { float32, shapeError } from "../shapes.js";
import type { Dimension, Shape } from "../types.js";

export interface ReduceAttributes {
  readonly [name: string]: readonly number[] | boolean;
  /** Axes that go, ascending. */
  readonly axes: readonly number[];
  /** Whether such an axis stays, with length 1. */
  readonly keepDimensions: boolean;
}

export interface ReduceOptions {
  readonly axes: readonly number[];
  /** Default false. */
  readonly keepDimensions?: boolean;
}

type Reduction = Operation<ReduceAttributes, ["any"], ["any"]>;

export const reducedShape = <D extends Dimension>(
  shape: Shape<D>,
  { axes, keepDimensions }: ReduceAttributes,
): Shape<D | number> =>
  shape.flatMap<D | number>((dimension, axis) =>
    axes.includes(axis) ? (keepDimensions ? [1] : []) : [dimension],
  );

/** The shape of the result with all of its axes. */
export const keptShape = <D extends Dimension>(shape: Shape<D>, axes: readonly number[]): Shape<D | number> =>
  reducedShape(shape, { axes, keepDimensions: true });

interface Meaning {
  /** What is done along the axes, for errors. */
  readonly verb: string;
  readonly start: number;
  combine(soFar: number, element: number): number;
}

export const reduction = (
  name: string,
  { verb, start, combine }: Meaning,
  gradient: Reduction["gradient"],
): Reduction =>
  defineOperation<ReduceAttributes, ["any"]>({
    name,
    inputs: [floats()],
    infer(inputs, attributes) {
      const [{ shape }] = inputs;
      const { axes } = attributes;
      if (axes.length === 0 || axes.some((axis) => shape[axis] === undefined)) {
        throw shapeError(name, inputs, `has no axes [${axes.join(", ")}] to ${verb} along`);
      }
      if (axes.some((axis, at) => at > 0 && axis <= axes[at - 1]!)) {
        throw shapeError(name, inputs, `axes must ascend but are [${axes.join(", ")}]`);
      }
      return [float32(reducedShape(shape, attributes))];
    },
    gradient,
    evaluate([input], attributes) {
      const kept = keptShape(input.shape, attributes.axes);
      const result: ReferenceTensor = referenceTensor(kept);
      result.data.fill(start);
      tabulate(input.shape, (coordinates) => {
        const target = coordinates.map((c, axis) => (attributes.axes.includes(axis) ? 0 : c));
        const at = offsetOf(kept, target);
        result.data[at] = combine(result.data[at]!, input.data[offsetOf(input.shape, coordinates)]!);
        return 0;
      });
      return [referenceTensor(reducedShape(input.shape, attributes), result.data)];
    },
  });
