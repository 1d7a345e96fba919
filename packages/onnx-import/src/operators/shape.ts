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
  resize,
  type Shape,
  slice,
  splitAxis,
  type Tensor,
  transpose,
} from "@fleuron/graph";
import { lengthsWanted, placesOf, squeezed, unsqueezed } from "../axes.js";
import { constantOf, live, type NodeContext } from "../context.js";
import { joinedShape, reshapeTarget } from "../reshape-target.js";
import { BATCH, batchTimes, type Constant, countsPhotos, type Element, isNumber } from "../value.js";
import type { OperatorTable } from "./table.js";

function sizeElement(dimension: Dimension): Element {
  if (typeof dimension === "number") return dimension;
  const { outer, inner } = splitAxis(dimension);
  return batchTimes(outer * inner);
}

export const shape: OperatorTable = {
  Shape(context) {
    const lengths = context.tensor(0).shape;
    const taken = lengthsWanted(context, lengths).map(sizeElement);
    return constantOf("int", [taken.length], taken);
  },

  Size(context) {
    const [size] = joinedShape(context, context.tensor(0).shape);
    return constantOf("int", [], [sizeElement(size!)]);
  },

  Reshape(context) {
    const x = context.tensor(0);
    const target = context.value(1);
    if (target.type === "live") return context.unsupported("takes a shape that depends on the image");
    const copies = context.attributes.int("allowzero", 0) === 0;
    const wanted = Array.from(target.data, (length, axis) =>
      length === 0 && copies
        ? sizeElement(x.shape[axis] ?? context.invalid(`has no axis ${axis} to keep`))
        : length,
    );
    const lengths = reshapeTarget(context, x.shape, wanted);
    context.requireSize(lengths, Number.POSITIVE_INFINITY);
    if (lengths.includes(0)) context.unsupported("gives a tensor without elements");
    return live(reshape(x, lengths));
  },

  Flatten(context) {
    const x = context.tensor(0);
    const axis = context.attributes.int("axis", 1);
    const at = axis < 0 ? axis + x.shape.length : axis;
    return live(reshape(x, joinedShape(context, x.shape.slice(0, at), x.shape.slice(at))));
  },

  Squeeze(context) {
    const x = context.tensor(0);
    return live(reshape(x, squeezed(context, x.shape, context.ints("axes", 1))));
  },

  Unsqueeze(context) {
    const x = context.tensor(0);
    const axes = context.ints("axes", 1) ?? context.invalid("has no axes");
    return live(reshape(x, unsqueezed(context, x.shape, axes)));
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
    const length = known("Split", x.shape[axis]!);
    const count = context.node.outputs.length;
    const equal = Math.ceil(length / count);
    const lengths =
      context.ints("split", 1) ??
      Array.from({ length: count }, (_, part) => Math.max(0, Math.min(equal, length - part * equal)));
    let end = 0;
    return lengths.map((part) => {
      end += part;
      return part === 0 ? emptied(context, x, axis) : live(slice(x, axis, end - part, end));
    });
  },

  Slice(context) {
    const x = context.tensor(0);
    const starts = context.ints("starts", 1) ?? context.invalid("has no starts");
    const ends = context.ints("ends", 2) ?? context.invalid("has no ends");
    const axes = context.ints("axes", 3) ?? starts.map((_, axis) => axis);
    const steps = context.numbers(4) ?? starts.map(() => 1);
    let tensor = x;
    for (const [index, given] of axes.entries()) {
      const axis = context.axis(given, x.shape.length);
      const dimension = tensor.shape[axis]!;
      const [start, end, step] = [starts[index]!, ends[index]!, steps[index]!];
      if (typeof dimension === "string") {
        if (start === 0 && step === 1 && end > 2 ** 31 - 2) continue;
        return context.unsupported("takes a part of the batch");
      }
      const places = placesOf(context, dimension, { start, end, step });
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
    const value = (opset < 11 ? attributes.float("value", 0) : context.numbers(2)?.[0]) ?? 0;
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

  Resize: (context) => live(resized(context)),
  Upsample: (context) => live(resized(context)),
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

/** The largest side of an image that is resized to; its places are counted one by one. */
const LONGEST_SIDE = 2 ** 14;

/** Each of them is a node of the graph. */
const MOST_TAPS = 64;

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

function resized(context: NodeContext): Tensor {
  const x = context.tensor(0);
  const { attributes, opset } = context;
  const [scalesAt, sizesAt] = opset < 11 ? [1, -1] : [2, 3];
  const given =
    opset < 9 && context.node.opType === "Upsample" ? attributes.floats("scales") : context.numbers(scalesAt);
  const scales = given !== undefined && given.length > 0 ? given : undefined;
  const sizes = sizesAt < 0 ? undefined : context.numbers(sizesAt);
  if (scales !== undefined && sizes !== undefined && sizes.length > 0)
    context.invalid("has scales and sizes");
  const axes =
    attributes.ints("axes", undefined)?.map((axis) => context.axis(axis, x.shape.length)) ??
    x.shape.map((_, axis) => axis);
  const lengths = x.shape.map((dimension, axis) => (axis < 2 ? 0 : known("Resize", dimension)));
  const ofAxis = (values: readonly number[] | undefined, axis: number) =>
    values === undefined || !axes.includes(axis) ? undefined : values[axes.indexOf(axis)];
  for (const axis of [0, 1]) {
    const scale = ofAxis(scales, axis) ?? 1;
    const size = ofAxis(sizes, axis);
    if (scale !== 1 || (size !== undefined && x.shape[axis] !== BATCH && size !== x.shape[axis]))
      context.unsupported("resizes batch or channels");
  }
  const coordinates = context.word(
    "coordinate_transformation_mode",
    opset < 11 ? "asymmetric" : "half_pixel",
    [
      "half_pixel",
      "half_pixel_symmetric",
      "pytorch_half_pixel",
      "align_corners",
      "asymmetric",
      "tf_crop_and_resize",
    ],
  );
  const sides = keptRatio(
    context.word("keep_aspect_ratio_policy", "stretch", ["stretch", "not_larger", "not_smaller"]),
    lengths,
    // Scales are float32, and so is their product with a length.
    [2, 3].map(
      (axis) => ofAxis(sizes, axis) ?? Math.floor(Math.fround(lengths[axis]! * (ofAxis(scales, axis) ?? 1))),
    ),
  );
  for (const side of sides) {
    if (!(side >= 1)) context.unsupported("leaves nothing of the image");
    context.requireSize([side], LONGEST_SIDE);
  }
  const antialias = attributes.int("antialias", 0) === 1;
  if (antialias && sides.some((side, index) => lengths[index + 2]! / side > MOST_TAPS))
    context.unsupported(`averages more than ${MOST_TAPS} pixels in a row`);
  return resize(x, {
    height: sides[0]!,
    width: sides[1]!,
    ...(scales !== undefined && { scales: [ofAxis(scales, 2) ?? 1, ofAxis(scales, 3) ?? 1] as const }),
    mode: context.word("mode", "nearest", ["nearest", "linear", "cubic"]),
    coordinates,
    ...(coordinates === "tf_crop_and_resize" && {
      crops: cropsOf(context, axes, x.shape.length),
      outside: attributes.float("extrapolation_value", 0),
    }),
    nearest: context.word("nearest_mode", opset < 11 ? "floor" : "round_prefer_floor", [
      "round_prefer_floor",
      "round_prefer_ceil",
      "floor",
      "ceil",
    ]),
    cubicCoefficient: attributes.float("cubic_coeff_a", -0.75),
    excludeOutside: attributes.int("exclude_outside", 0) === 1,
    antialias,
  });
}

/** The part of height and of width that `roi` names: the beginnings of all axes, and then their ends. */
function cropsOf(context: NodeContext, axes: readonly number[], rank: number) {
  const roi = context.numbers(1);
  if (roi === undefined || roi.length !== 2 * axes.length)
    return context.invalid(`has no region of ${2 * axes.length} numbers for its ${rank} axes`);
  const cropOf = (axis: number): readonly [number, number] => {
    const at = axes.indexOf(axis);
    return at < 0 ? [0, 1] : [roi[at]!, roi[at + axes.length]!];
  };
  if ([0, 1].some((axis) => cropOf(axis)[0] !== 0 || cropOf(axis)[1] !== 1))
    context.unsupported("crops batch or channels");
  return [cropOf(2), cropOf(3)] as const;
}

/** Height and width by which an image stays inside of, or reaches to, those that are wanted; by default these. */
function keptRatio(policy: string, lengths: readonly number[], wanted: readonly number[]): readonly number[] {
  if (policy === "stretch") return wanted;
  const ratios = wanted.map((side, index) => side / lengths[index + 2]!);
  const ratio = policy === "not_larger" ? Math.min(...ratios) : Math.max(...ratios);
  return wanted.map((_, index) => Math.round(ratio * lengths[index + 2]!));
}
