// Operators that move elements without computing.
import {
  add,
  broadcastLike,
  broadcastShapes,
  concat,
  constantTensor,
  type Dimension,
  depthToSpace,
  gather,
  isKnown,
  known,
  multiply,
  pad,
  reshape,
  type Shape,
  slice,
  splitAxis,
  type Tensor,
  transpose,
} from "@fleuron/graph";
import { flattened, lengthsWanted, partsOf, placesOf, slicesOf, squeezed, unsqueezed } from "../axes.js";
import { LONGEST_SIDE } from "../budget.js";
import { constantOf, live, type NodeContext } from "../context.js";
import { joinedShape, reshapeTarget } from "../reshape-target.js";
import { BATCH, type Constant, countsPhotos, type Element, isNumber, lengthOf } from "../value.js";
import type { OperatorTable } from "./table.js";

export const shape: OperatorTable = {
  Shape(context) {
    const lengths = context.tensor(0).shape;
    const taken = lengthsWanted(context, lengths).map(lengthOf);
    return constantOf("int", [taken.length], taken);
  },

  Size(context) {
    const [size] = joinedShape(context, context.tensor(0).shape);
    return constantOf("int", [], [lengthOf(size!)]);
  },

  Reshape(context) {
    const x = context.tensor(0);
    const target = context.value(1);
    if (target.type === "live") return context.unsupported("takes a shape that depends on the image");
    const copies = context.attributes.int("allowzero", 0) === 0;
    const wanted = Array.from(target.data, (length, axis) =>
      length === 0 && copies
        ? lengthOf(x.shape[axis] ?? context.invalid(`has no axis ${axis} to keep`))
        : length,
    );
    const lengths = reshapeTarget(context, x.shape, wanted);
    context.requireSize(lengths, Number.POSITIVE_INFINITY);
    if (lengths.includes(0)) context.unsupported("gives a tensor without elements");
    return live(reshape(x, lengths));
  },

  Flatten(context) {
    const x = context.tensor(0);
    return live(reshape(x, joinedShape(context, ...flattened(context, x.shape))));
  },

  Squeeze(context) {
    const x = context.tensor(0);
    return live(reshape(x, squeezed(context, x.shape)));
  },

  Unsqueeze(context) {
    const x = context.tensor(0);
    return live(reshape(x, unsqueezed(context, x.shape)));
  },

  Transpose(context) {
    const x = context.tensor(0);
    return live(transpose(x, context.permutation(x.shape.length)));
  },

  Concat(context) {
    const tensors = context.node.inputs.map((_, index) => context.tensor(index));
    const axis = context.axis(context.attributes.int("axis", 1), tensors[0]!.shape.length);
    // Exporters leave empty ones in: they add nothing.
    const filled = tensors.filter((tensor) => tensor.shape[axis] !== 0);
    return live(concat(filled.length > 0 ? filled : [tensors[0]!], axis));
  },

  Split(context) {
    const x = context.tensor(0);
    const axis = context.axis(context.attributes.int("axis", 0), x.shape.length);
    return partsOf(context, known("Split", x.shape[axis]!)).map(([start, end]) =>
      start === end ? emptied(context, x, axis) : live(slice(x, axis, start, end)),
    );
  },

  Slice(context) {
    const x = context.tensor(0);
    let tensor = x;
    for (const each of slicesOf(context, x.shape.length)) {
      const { axis, start, end, step } = each;
      const dimension = tensor.shape[axis]!;
      if (typeof dimension === "string") {
        if (start === 0 && step === 1 && end > 2 ** 31 - 2) continue;
        return context.unsupported("takes a part of the batch");
      }
      const places = placesOf(context, dimension, each);
      if (places.length === 0) return emptied(context, tensor, axis);
      const isRun = places.every((place, at) => place === places[0]! + at);
      tensor = isRun ? slice(tensor, axis, places[0]!, places.at(-1)! + 1) : gather(tensor, places, axis);
    }
    return live(tensor);
  },

  Pad(context) {
    const x = context.tensor(0);
    const { attributes, opset } = context;
    const amounts =
      (opset < 11 ? attributes.ints("pads", undefined) : context.numbers(1)) ??
      context.invalid("has no pads");
    const axes =
      context.numbers(3)?.map((axis) => context.axis(axis, x.shape.length)) ?? x.shape.map((_, axis) => axis);
    const value = context.finite((opset < 11 ? attributes.float("value", 0) : context.numbers(2)?.[0]) ?? 0);
    const of = (offset: number) =>
      x.shape.map((_, axis) => (axes.includes(axis) ? amounts[axes.indexOf(axis) + offset]! : 0));
    const [before, after] = [of(0), of(axes.length)];
    for (const axis of axes) context.requireSize([Math.abs(before[axis]!) + Math.abs(after[axis]!)]);
    const mode = attributes.string("mode", "constant");
    if (mode === "constant") {
      const cut = x.shape.reduce<Tensor>((tensor, length, axis) => {
        const [start, end] = [Math.max(0, -before[axis]!), Math.max(0, -after[axis]!)];
        return start + end === 0 ? tensor : slice(tensor, axis, start, known("Pad", length) - end);
      }, x);
      const positive = (counts: readonly number[]) => counts.map((count) => Math.max(0, count));
      return live(pad(cut, { before: positive(before), after: positive(after), value }));
    }
    return live(
      x.shape.reduce<Tensor>((tensor, dimension, axis) => {
        if (before[axis] === 0 && after[axis] === 0) return tensor;
        const length = known("Pad", dimension);
        const places = Array.from({ length: length + before[axis]! + after[axis]! }, (_, index) =>
          mirrored(context, index - before[axis]!, length, mode),
        );
        return gather(tensor, places, axis);
      }, x),
    );
  },

  Expand(context) {
    // What is repeated for each photo is learnt, as the token of a class.
    const x = context.parameter(context.value(0), "bias");
    const target = context.value(1);
    if (target.type === "live") return context.unsupported("takes a shape that depends on the image");
    const wanted = Array.from(target.data, (length) => dimensionOf(context, length));
    const result = broadcastShapes(x.shape, wanted) ?? context.invalid(`does not broadcast to [${wanted}]`);
    return live(expanded(context, x, result));
  },

  Tile(context) {
    const x = context.tensor(0);
    const repeats = context.numbers(1) ?? context.invalid("has no repeats");
    return live(
      repeats.reduce<Tensor>((tensor, count, axis) => {
        if (count === 1) return tensor;
        const length = known("Tile", tensor.shape[axis] ?? context.invalid(`repeats an axis ${axis}`));
        context.requireSize([length, count]);
        const places = Array.from({ length: length * count }, (_, place) => place % length);
        return places.length === 0 ? context.invalid("repeats nothing") : gather(tensor, places, axis);
      }, x),
    );
  },

  Gather(context) {
    const x = context.tensor(0);
    const axis = context.axis(context.attributes.int("axis", 0), x.shape.length);
    const indices = context.value(1);
    const isPhotos = context.onePhoto && typeof x.shape[axis] === "string";
    if (indices.type === "constant" && (isPhotos || countsPhotos(indices)))
      return live(ofEachPhoto(context, x, axis, indices));
    const length = known("Gather", x.shape[axis]!);
    const places = (context.numbers(1) ?? []).map((index) => (index < 0 ? index + length : index));
    if (places.some((place) => place < 0 || place >= length)) context.invalid("reads beyond its axis");
    const taken = gather(x, places, axis);
    const shape = indices.type === "constant" ? indices.shape : [];
    return live(reshape(taken, [...x.shape.slice(0, axis), ...shape, ...x.shape.slice(axis + 1)]));
  },

  DepthToSpace(context) {
    const size = context.attributes.int("blocksize", undefined) ?? context.invalid("has no blocksize");
    const mode = context.attributes.string("mode", "DCR") === "CRD" ? "CRD" : "DCR";
    return live(depthToSpace(context.tensor(0), size, mode));
  },
};

/** The places on the axis of all photos that are counted one photo after the other: an exporter's view of a tensor. */
function ofEachPhoto(context: NodeContext, x: Tensor, axis: number, { shape, data }: Constant): Tensor {
  const length = x.shape[axis]!;
  const { outer, inner } = typeof length === "string" ? splitAxis(length) : { outer: 0, inner: 0 };
  const places = Array.from(data, (each) => {
    const { photo, times, plus } = isNumber(each) ? { photo: inner, times: 0, plus: each } : each;
    const isOwn = photo === inner && times === 0 && plus >= 0 && plus < inner;
    return isOwn ? plus : context.unsupported("takes of a photo what is another's");
  });
  if (outer !== 1 || shape[0] !== 1) context.unsupported("mixes the photos of a batch");
  const [before, after] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
  const photos = reshape(x, [...before, BATCH, inner, ...after]);
  return reshape(gather(photos, places, axis + 1), [...before, BATCH, ...shape.slice(1), ...after]);
}

/** A part of no elements, which depends on nothing. */
const emptied = (context: NodeContext, x: Tensor, axis: number): Constant =>
  isKnown(x.shape)
    ? constantOf("float", x.shape.with(axis, 0), new Float32Array())
    : context.unsupported("leaves nothing of the image");

function dimensionOf(context: NodeContext, element: Element): Dimension {
  if (isNumber(element)) return element;
  if (element.times === 1 && element.photo === 0 && element.plus === 0) return BATCH;
  return context.unsupported("joins the batch with another axis");
}

/** The place that stands for one beyond the edge. */
function mirrored(context: NodeContext, place: number, length: number, mode: string): number {
  if (mode === "edge") return Math.min(Math.max(place, 0), length - 1);
  if (mode === "wrap") return ((place % length) + length) % length;
  if (mode !== "reflect") context.unsupported(`has the mode '${mode}'`);
  const period = 2 * Math.max(length - 1, 1);
  const within = ((place % period) + period) % period;
  return within < length ? within : period - within;
}

/** A tensor repeated to a shape: broadcast against zeros of it, which on the batch's axis are made of the image. */
function expanded(context: NodeContext, x: Tensor, target: Shape): Tensor {
  const ofAxis = (axis: number) => target.map((length, each) => (each === axis ? length : 1));
  const zeros = target.flatMap((length, axis) => {
    if (typeof length === "number") {
      context.requireSize([length], LONGEST_SIDE);
      return length === 1
        ? []
        : constantTensor(context.builder, ofAxis(axis) as number[], Array(length).fill(0));
    }
    const image = context.image ?? context.unsupported("repeats to a length that is not known");
    return multiply(reshape(firstOf(image), ofAxis(axis)), constantTensor(context.builder, [], [0]));
  });
  const one = constantTensor(
    context.builder,
    target.map(() => 1),
    [0],
  );
  return broadcastLike(x, zeros.reduce(add, one));
}

/** One number for each photo. */
function firstOf(image: Tensor): Tensor {
  return image.shape.reduce<Tensor>(
    (tensor, _, axis) => (axis === 0 ? tensor : slice(tensor, axis, 0, 1)),
    image,
  );
}
