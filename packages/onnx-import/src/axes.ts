// What becomes of a tensor's axes, whether it depends on the image or not.
import type { Dimension } from "@fleuron/graph";
import type { NodeContext } from "./context.js";

/** The lengths that Shape gives: from `start` to `end`, either counted from the end where it is negative. */
export function lengthsWanted<D extends Dimension>(
  { attributes }: NodeContext,
  shape: readonly D[],
): readonly D[] {
  const bound = (index: number) => inside(index, shape.length, 0, shape.length);
  const start = bound(attributes.int("start", 0));
  return shape.slice(start, Math.max(start, bound(attributes.int("end", shape.length))));
}

/** The places along an axis of that length that a slice takes. */
export function placesOf(context: NodeContext, length: number, slice: SliceOfAxis): readonly number[] {
  const { start, end, step } = slice;
  if (step === 0) context.invalid("has a step of 0");
  const bound = (index: number) =>
    step > 0 ? inside(index, length, 0, length) : inside(index, length, -1, length - 1);
  const [first, last] = [bound(start), bound(end)];
  return Array.from(
    { length: Math.max(0, Math.ceil((last - first) / step)) },
    (_, index) => first + index * step,
  );
}

export interface SliceOfAxis {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** A shape without axes: by default those of length 1. */
export function squeezed<D extends Dimension>(
  context: NodeContext,
  shape: readonly D[],
  given: readonly number[] | undefined,
): readonly D[] {
  const axes = given?.map((axis) => context.axis(axis, shape.length));
  const long = axes?.find((axis) => shape[axis] !== 1);
  if (long !== undefined) context.invalid(`leaves out axis ${long} of [${shape.join(", ")}]`);
  return shape.filter((length, axis) => !(axes ? axes.includes(axis) : length === 1));
}

/** A shape with axes of length 1, at those places of the result. */
export function unsqueezed<D extends Dimension>(
  context: NodeContext,
  shape: readonly D[],
  given: readonly number[],
): readonly (D | 1)[] {
  const rank = shape.length + given.length;
  const axes = given.map((axis) => context.axis(axis, rank));
  if (new Set(axes).size < axes.length) context.invalid(`adds an axis twice, of [${given}]`);
  const rest = [...shape];
  return Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : rest.shift()!));
}

const inside = (index: number, length: number, least: number, most: number) =>
  Math.min(Math.max(index < 0 ? index + length : index, least), most);
