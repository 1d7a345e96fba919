// Elements in other places: those that are taken, moved, repeated or put together.
import { broadcastShapes, offsetOf, tabulate } from "@fleuron/graph";
import { sizeOf } from "@fleuron/model";
import { partsOf, placesOf, slicesOf } from "../axes.js";
import { constantOf, type NodeContext } from "../context.js";
import { indexedRows } from "../places.js";
import { type Constant, countsPhotos, type Element, numbersIn } from "../value.js";
import { type FoldTable, given, lengthsOf, wholeNumbers } from "./table.js";

export const indexedFolds: FoldTable = {
  Transpose(inputs, context) {
    const x = given(inputs, 0, context);
    const order = context.permutation(x.shape.length);
    const shape = order.map((axis) => x.shape[axis]!);
    const moved = taken(context, x, shape, (coordinates) =>
      x.shape.map((_, axis) => coordinates[order.indexOf(axis)]!),
    );
    const data =
      x.data instanceof Float32Array ? Float32Array.from(moved.data as ArrayLike<number>) : moved.data;
    return { ...moved, data, name: x.name };
  },
  Gather(inputs, context) {
    const [x, indices] = [given(inputs, 0, context), given(inputs, 1, context)];
    const axis = context.axis(context.attributes.int("axis", 0), x.shape.length);
    const places = wholeNumbers(indices, context).map((index) =>
      index < 0 ? index + x.shape[axis]! : index,
    );
    if (places.some((place) => !(place >= 0 && place < x.shape[axis]!)))
      context.invalid("reads beyond its axis");
    const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
    return taken(context, x, shape, (at) => {
      const place = places[offsetOf(indices.shape, at.slice(axis, axis + indices.shape.length))]!;
      return [...at.slice(0, axis), place, ...at.slice(axis + indices.shape.length)];
    });
  },
  GatherND(inputs, context) {
    const [x, indices] = [given(inputs, 0, context), given(inputs, 1, context)];
    const numbers = wholeNumbers(indices, context);
    const common = context.attributes.int("batch_dims", 0);
    const { places, rest } = indexedRows(context, x.shape, { shape: indices.shape, numbers }, common);
    const row = x.shape.slice(rest);
    const size = sizeOf(row);
    context.spend([places.length, size]);
    const data = places.flatMap((place) =>
      Array.from({ length: size }, (_, at) => x.data[place * size + at]!),
    );
    return constantOf(x.kind, [...indices.shape.slice(0, -1), ...row], data);
  },
  ScatterND(inputs, context) {
    const [x, indices, updates] = [0, 1, 2].map((index) => given(inputs, index, context)) as [
      Constant,
      Constant,
      Constant,
    ];
    if (context.attributes.string("reduction", "none") !== "none")
      return context.unsupported("reduces numbers that do not depend on the image");
    const numbers = wholeNumbers(indices, context);
    const { places, rest } = indexedRows(context, x.shape, { shape: indices.shape, numbers }, 0);
    const size = sizeOf(x.shape.slice(rest));
    if (updates.data.length !== places.length * size) return context.invalid("has updates of another size");
    context.spend(x.shape);
    const data = Array.from(x.data);
    for (const [update, place] of places.entries())
      for (let at = 0; at < size; at++) data[place * size + at] = updates.data[update * size + at]!;
    return constantOf(x.kind, x.shape, data);
  },
  Slice(inputs, context) {
    const x = given(inputs, 0, context);
    context.spend(x.shape);
    const slices = slicesOf(context, x.shape.length);
    const places = x.shape.map((length, axis) => {
      const slice = slices.find((each) => each.axis === axis);
      return slice ? placesOf(context, length, slice) : Array.from({ length }, (_, index) => index);
    });
    return taken(
      context,
      x,
      places.map(({ length }) => length),
      (at) => at.map((place, axis) => places[axis]![place]!),
    );
  },
  Split(inputs, context) {
    const x = given(inputs, 0, context);
    const axis = context.axis(context.attributes.int("axis", 0), x.shape.length);
    return partsOf(context, x.shape[axis]!).map(([start, end]) =>
      taken(context, x, x.shape.with(axis, end - start), (at) => at.with(axis, start + at[axis]!)),
    );
  },
  Concat(inputs, context) {
    const all = inputs.map((_, index) => given(inputs, index, context));
    const [first] = all;
    const axis = context.axis(context.attributes.int("axis", 0), first!.shape.length);
    const isAlike = ({ shape }: Constant) =>
      shape.length === first!.shape.length &&
      shape.every((length, each) => each === axis || length === first!.shape[each]);
    if (!all.every(isAlike)) context.invalid("has shapes that differ on other axes");
    const shape = first!.shape.with(
      axis,
      all.reduce((length, each) => length + each.shape[axis]!, 0),
    );
    context.spend(shape);
    const starts = all.map((_, index) => all.slice(0, index).reduce((at, each) => at + each.shape[axis]!, 0));
    const data: Element[] = [];
    tabulate(shape, (coordinates) => {
      const at = coordinates as readonly number[];
      const index = starts.findLastIndex((start, each) => start <= at[axis]! && all[each]!.shape[axis]! > 0);
      const source = all[index]!;
      data.push(source.data[offsetOf(source.shape, at.with(axis, at[axis]! - starts[index]!))]!);
      return 0;
    });
    return constantOf(first!.kind, shape, data);
  },
  Expand(inputs, context) {
    const [x, target] = [given(inputs, 0, context), given(inputs, 1, context)];
    if (numbersIn(target) === undefined && !countsPhotos(x)) return undefined;
    const wanted = lengthsOf(target, x, context);
    const shape = broadcastShapes(x.shape, wanted) as readonly number[] | undefined;
    if (shape === undefined) return context.invalid(`does not broadcast to [${wanted}]`);
    const skipped = shape.length - x.shape.length;
    return taken(context, x, shape, (at) =>
      x.shape.map((length, axis) => (length === 1 ? 0 : at[axis + skipped]!)),
    );
  },
};

function taken(
  context: NodeContext,
  x: Constant,
  shape: readonly number[],
  source: (coordinates: readonly number[]) => readonly number[],
): Constant {
  context.spend(shape);
  const data: Element[] = [];
  tabulate(shape, (coordinates) => {
    data.push(x.data[offsetOf(x.shape, source(coordinates as readonly number[]))]!);
    return 0;
  });
  return constantOf(x.kind, shape, data);
}
