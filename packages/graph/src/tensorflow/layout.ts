// How a tensor lies in memory. A graph's dimensions are logical (images N,C,H,W; kernels O,I,H,W); TensorFlow computes
// on N,H,W,C and H,W,I,O, and a flattened image keeps the order that its pixels had: H,W,C.
import { sameShape } from "../shapes.js";
import type { Dimension, Shape } from "../types.js";

/** The elements along one logical axis: the lengths that it is made of, and the order of those in memory. */
export interface AxisLayout<D extends Dimension = Dimension> {
  /** [96] as a rule; [256, 6, 6] for an image that was flattened. */
  readonly lengths: Shape<D>;
  /** The slowest first, as indices into `lengths`. */
  readonly order: readonly number[];
}

export interface Layout<D extends Dimension = Dimension> {
  /** Logical axes in the order of memory, the slowest first. */
  readonly axes: readonly number[];
  /** Each logical axis for itself. */
  readonly within: readonly AxisLayout<D>[];
}

export const plainAxis = <D extends Dimension>(length: D): AxisLayout<D> => ({
  lengths: [length],
  order: [0],
});

/** Logical axis `axes[i]` is axis `i` in memory. */
export const permuted = <D extends Dimension>(shape: Shape<D>, axes: readonly number[]): Layout<D> => ({
  axes,
  within: shape.map((length) => plainAxis(length)),
});

/** In the order of the logical axes, the last one fastest. */
export const rowMajor = (shape: Shape): Layout =>
  permuted(
    shape,
    shape.map((_, axis) => axis),
  );

/** Images [N, C, H, W] as N,H,W,C; likewise any other number of axes from 2 on. */
export const channelsLast = (shape: Shape): Layout =>
  permuted(shape, [0, ...shape.slice(2).map((_, axis) => axis + 2), 1]);

/** Kernels [O, I, H, W] as H,W,I,O. */
export const kernelLayout = <D extends Dimension>(shape: Shape<D>): Layout<D> =>
  permuted(shape, [2, 3, 1, 0]);

/** Axes that follow one another in memory as they do in the shape. */
export const inOrder = (...within: readonly AxisLayout[]): Layout => ({
  axes: within.map((_, axis) => axis),
  within,
});

/** Lengths of the axes in the order of memory. */
export const physicalShape = <D extends Dimension>({ axes, within }: Layout<D>): Shape<D | number> =>
  axes.map((axis) => product(within[axis]!.lengths));

export const sameLayout = (a: Layout, b: Layout): boolean =>
  sameShape(a.axes, b.axes) && a.within.every((axis, index) => sameAxis(axis, b.within[index]!));

const sameAxis = (a: AxisLayout, b: AxisLayout): boolean =>
  sameShape(a.lengths, b.lengths) && sameShape(a.order, b.order);

/** The layout that is left of a sum along logical axes, which go or stay with length 1. */
export function reducedLayout(layout: Layout, summed: readonly number[], keepDimensions: boolean): Layout {
  const goes = (axis: number) => summed.includes(axis);
  if (keepDimensions) {
    return { ...layout, within: layout.within.map((axis, index) => (goes(index) ? plainAxis(1) : axis)) };
  }
  const kept = layout.within.map((_, axis) => axis).filter((axis) => !goes(axis));
  return {
    axes: layout.axes.filter((axis) => !goes(axis)).map((axis) => kept.indexOf(axis)),
    within: kept.map((axis) => layout.within[axis]!),
  };
}

/** Every length that the axes are made of, in logical order, and the order of all of them in memory. */
export function flattened({ axes, within }: Layout): { lengths: Shape; order: readonly number[] } {
  const firsts: number[] = [];
  let count = 0;
  for (const { lengths } of within) {
    firsts.push(count);
    count += lengths.length;
  }
  return {
    lengths: within.flatMap(({ lengths }) => lengths),
    order: axes.flatMap((axis) => within[axis]!.order.map((index) => firsts[axis]! + index)),
  };
}

/** The layout of the same memory under another logical shape; undefined where the shapes cut it differently. */
export function reshapedLayout(layout: Layout, shape: Shape): Layout | undefined {
  const { lengths, order } = flattened(layout);
  const owners = ownersOf(lengths, shape);
  if (!owners) return undefined;
  const axes = order
    .filter((index) => lengths[index] !== 1 || shape[owners[index]!] === 1)
    .map((index) => owners[index]!)
    .filter((axis, at, all) => axis !== all[at - 1]);
  if (axes.length !== shape.length) return undefined;
  const within = shape.map((dimension, axis) => {
    const own = order.filter((index) => owners[index] === axis && lengths[index] !== 1);
    const logical = own.toSorted((a, b) => a - b);
    return sameShape(own, logical)
      ? plainAxis(dimension)
      : {
          lengths: logical.map((index) => lengths[index]!),
          order: own.map((index) => logical.indexOf(index)),
        };
  });
  return { axes, within };
}

/** The axis of `shape` that each length becomes a part of; undefined where an axis would begin within a length. */
function ownersOf(lengths: Shape, shape: Shape): readonly number[] | undefined {
  const owners: number[] = [];
  for (const [axis, dimension] of shape.entries()) {
    const first = owners.length;
    const whole = () => sameLength(lengths.slice(first, owners.length), dimension);
    do owners.push(axis);
    while (owners.length < lengths.length && !whole());
    if (!whole()) return undefined;
    while (lengths[owners.length] === 1 && shape[axis + 1] !== 1) owners.push(axis);
  }
  return owners.length === lengths.length ? owners : undefined;
}

/** `layout` with its plain axes cut into the lengths that `like` cuts them into. */
export const cutLike = (layout: Layout, like: Layout): Layout => ({
  ...layout,
  within: layout.within.map((axis, index) => {
    const { lengths } = like.within[index]!;
    return axis.lengths.length === 1 ? { lengths, order: lengths.map((_, at) => at) } : axis;
  }),
});

/** The known lengths multiplied; a named one stands for all, as it cannot be multiplied. */
function product<D extends Dimension>(lengths: Shape<D>): D | number {
  const named = lengths.find((length) => typeof length === "string");
  if (named !== undefined) return named;
  return lengths.reduce<number>((result, length) => result * Number(length), 1);
}

const sameLength = (lengths: Shape, dimension: Dimension): boolean =>
  typeof dimension === "string"
    ? lengths.length === 1 && lengths[0] === dimension
    : lengths.every((length) => typeof length === "number") && product(lengths) === dimension;
