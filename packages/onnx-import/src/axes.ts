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

/** What a Slice takes of the axes that it names. */
export function slicesOf(context: NodeContext, rank: number): readonly SliceOfAxis[] {
  const starts = context.ints("starts", 1) ?? context.invalid("has no starts");
  const ends = context.ints("ends", 2) ?? context.invalid("has no ends");
  const axes = context.ints("axes", 3) ?? starts.map((_, axis) => axis);
  const steps = context.ints("steps", 4) ?? starts.map(() => 1);
  if ([ends, axes, steps].some((list) => list.length !== starts.length))
    context.invalid("has not as many starts as ends, axes and steps");
  return axes.map((axis, index) => ({
    axis: context.axis(axis, rank),
    start: starts[index]!,
    end: ends[index]!,
    step: steps[index]!,
  }));
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
  readonly axis: number;
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** A shape without axes: by default those of length 1. */
export function squeezed<D extends Dimension>(context: NodeContext, shape: readonly D[]): readonly D[] {
  const axes = context.ints("axes", 1)?.map((axis) => context.axis(axis, shape.length));
  const long = axes?.find((axis) => shape[axis] !== 1);
  if (long !== undefined) context.invalid(`leaves out axis ${long} of [${shape.join(", ")}]`);
  return shape.filter((length, axis) => !(axes ? axes.includes(axis) : length === 1));
}

/** A shape with axes of length 1, at those places of the result. */
export function unsqueezed<D extends Dimension>(
  context: NodeContext,
  shape: readonly D[],
): readonly (D | 1)[] {
  const given = context.ints("axes", 1) ?? context.invalid("has no axes");
  const rank = shape.length + given.length;
  const axes = given.map((axis) => context.axis(axis, rank));
  if (new Set(axes).size < axes.length) context.invalid(`adds an axis twice, of [${given}]`);
  const rest = [...shape];
  return Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : rest.shift()!));
}

/** The axes that Flatten joins to the first of its result, and those that it joins to the second. */
export function flattened<D extends Dimension>(
  context: NodeContext,
  shape: readonly D[],
): readonly [readonly D[], readonly D[]] {
  const axis = context.attributes.int("axis", 1);
  const at = axis === shape.length ? axis : context.axis(axis, shape.length);
  return [shape.slice(0, at), shape.slice(at)];
}

/** Where the parts of a Split begin and end, along an axis of that length. */
export function partsOf(context: NodeContext, length: number): readonly (readonly [number, number])[] {
  const count = context.node.outputs.length;
  const equal = Math.ceil(length / count);
  const lengths =
    context.ints("split", 1) ??
    Array.from({ length: count }, (_, part) => Math.max(0, Math.min(equal, length - part * equal)));
  const total = lengths.reduce((sum, part) => sum + part, 0);
  if (total !== length || lengths.some((part) => part < 0))
    context.invalid(`splits an axis of ${length} into [${lengths}]`);
  let end = 0;
  return lengths.map((part) => {
    end += part;
    return [end - part, end];
  });
}

/** The axes over which a reduction goes: all where it names none, unless it says that these are none. */
export function reducedAxes(context: NodeContext, rank: number): readonly number[] {
  const named = new Set(context.ints("axes", 1)?.map((axis) => context.axis(axis, rank)));
  const takesAll = named.size === 0 && context.attributes.int("noop_with_empty_axes", 0) === 0;
  return Array.from({ length: rank }, (_, axis) => axis).filter((axis) => takesAll || named.has(axis));
}

/** A second operand's shape as it broadcasts to the first one's: before opset 7 the axes of `broadcast` may begin at `axis`. */
export function aligned<D extends Dimension>(
  context: NodeContext,
  shape: readonly D[],
  to: readonly Dimension[],
): readonly (D | 1)[] {
  const { attributes, opset } = context;
  const broadcasts = opset < 7 && attributes.int("broadcast", 0) === 1;
  const axis = broadcasts ? attributes.int("axis", undefined) : undefined;
  if (axis === undefined || shape.every((length) => length === 1)) return shape;
  const behind = to.length - context.axis(axis, to.length) - shape.length;
  if (behind < 0) context.invalid(`has no axes for [${shape.join(", ")}] from axis ${axis} on`);
  return [...shape, ...Array.from({ length: behind }, () => 1 as const)];
}

const inside = (index: number, length: number, least: number, most: number) =>
  Math.min(Math.max(index < 0 ? index + length : index, least), most);
