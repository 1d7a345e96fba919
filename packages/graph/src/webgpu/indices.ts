// Linear indices into one tensor that follow from those into another.
import { sizeOf } from "@fleuron/model";
import type { Shape } from "../types.js";
import { sum } from "./wgsl.js";

/** What a step along each axis adds to a linear index. */
export const stridesOf = (shape: Shape<number>): readonly number[] =>
  shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));

/** An axis that a number runs over, and what a step along it adds to an index elsewhere. */
export interface Axis {
  readonly length: number;
  readonly stride: number;
}

/** An expression that may stand beside any operator. */
const operand = (expression: string): string => (/^\w+$/.test(expression) ? expression : `(${expression})`);

/** The index for number `at` of all places along the axes, in row-major order. */
export function indexAlong(axes: readonly Axis[], at: string): string {
  let inner = sizeOf(axes.map(({ length }) => length));
  const terms = axes.flatMap(({ length, stride }, axis) => {
    const outermost = axis === 0;
    inner /= length;
    if (length === 1 || stride === 0) return [];
    const whole = inner === 1 ? operand(at) : `${operand(at)} / ${inner}u`;
    const coordinate = outermost ? whole : `${whole} % ${length}u`;
    return [stride === 1 ? coordinate : `(${coordinate}) * ${stride}u`];
  });
  return sum(terms);
}

/** The index into a tensor of shape `from` that broadcasting reads for the index `at` into one of shape `to`. */
export function broadcastIndex(from: Shape<number>, to: Shape<number>, at: string): string {
  if (sizeOf(from) === sizeOf(to)) return at;
  const strides = stridesOf(from);
  const added = to.length - from.length;
  const axes = to.map((length, axis) => ({
    length,
    stride: from[axis - added] === length ? strides[axis - added]! : 0,
  }));
  return indexAlong(axes, at);
}

/** The channel of the element at index `at` of a tensor [batch, channels, …]. */
export function channelIndex(shape: Shape<number>, at: string): string {
  const [, channels, ...spatial] = shape;
  const pixels = sizeOf(spatial);
  return `${pixels === 1 ? operand(at) : `${operand(at)} / ${pixels}u`} % ${channels}u`;
}
