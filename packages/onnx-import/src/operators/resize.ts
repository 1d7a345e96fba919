// Images of another height and width.
import { known, resize, type Tensor } from "@fleuron/graph";
import { LONGEST_SIDE } from "../budget.js";
import { live, type NodeContext } from "../context.js";
import { type Element, isNumber, lengthOf } from "../value.js";
import type { OperatorTable } from "./table.js";

export const resizing: OperatorTable = {
  Resize: (context) => live(resized(context)),
  Upsample: (context) => live(resized(context)),
};

/** Each of them is a node of the graph. */
const MOST_TAPS = 64;

type Pair = readonly [height: number, width: number];

function resized(context: NodeContext): Tensor {
  const x = context.tensor(0);
  const { attributes, opset } = context;
  if (x.shape.length !== 4)
    context.unsupported(`resizes a tensor of ${x.shape.length} axes`, "Images have four.");
  const axes = attributes.ints("axes", undefined)?.map((axis) => context.axis(axis, 4)) ?? [0, 1, 2, 3];
  const lengths = pair((axis) => known("Resize", x.shape[axis]!));
  const { sides, scales } = targetOf(context, { x, axes, lengths });
  for (const side of sides) {
    if (!(side >= 1)) context.unsupported("leaves nothing of the image");
    context.requireSize([side], LONGEST_SIDE);
  }
  const antialias = attributes.int("antialias", 0) === 1;
  if (antialias && sides.some((side, index) => lengths[index]! / side > MOST_TAPS))
    context.unsupported(`averages more than ${MOST_TAPS} pixels in a row`);
  const mode = context.word("mode", "nearest", ["nearest", "linear", "cubic"]);
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
  return resize(x, {
    height: sides[0],
    width: sides[1],
    ...(scales !== undefined && { scales }),
    mode,
    coordinates,
    ...(coordinates === "tf_crop_and_resize" && {
      crops: cropsOf(context, axes),
      outside: context.finite(attributes.float("extrapolation_value", 0)),
    }),
    ...(mode === "nearest" && { nearest: nearestOf(context, scales) }),
    cubicCoefficient: attributes.float("cubic_coeff_a", -0.75),
    excludeOutside: attributes.int("exclude_outside", 0) === 1,
    antialias,
  });
}

/** A number for height and one for width, by their axes. */
const pair = (ofAxis: (axis: number) => number): Pair => [ofAxis(2), ofAxis(3)];

interface Source {
  readonly x: Tensor;
  /** Those that the node has numbers for. */
  readonly axes: readonly number[];
  readonly lengths: Pair;
}

/** The height and width that a node asks for, and the scales that they are rounded from. */
function targetOf(
  context: NodeContext,
  { x, axes, lengths }: Source,
): { readonly sides: Pair; readonly scales?: Pair } {
  const scales = byAxis(context, axes, scalesOf(context));
  const sizes = byAxis(context, axes, context.opset < 11 ? undefined : context.elements(3));
  const policy = context.word("keep_aspect_ratio_policy", "stretch", [
    "stretch",
    "not_larger",
    "not_smaller",
  ]);
  for (const axis of [0, 1]) {
    const size = sizes?.get(axis);
    if ((scales?.get(axis) ?? 1) !== 1 || (size !== undefined && !stays(lengthOf(x.shape[axis]!), size)))
      context.unsupported("resizes batch or channels");
  }
  const length = (axis: number) => lengths[axis - 2]!;
  if (sizes === undefined) {
    if (scales === undefined) return context.invalid("has neither scales nor sizes");
    if (policy !== "stretch") context.invalid("keeps the aspect ratio of sizes and has scales");
    return scaled(
      lengths,
      pair((axis) => scales.get(axis) ?? 1),
      Math.floor,
    );
  }
  if (scales !== undefined) context.invalid("has scales and sizes");
  const sides = pair((axis) => {
    const size = sizes.get(axis) ?? length(axis);
    return isNumber(size) ? size : context.unsupported("resizes to the length of the batch");
  });
  if (policy === "stretch") return { sides };
  const ratios = axes.map((axis) => (axis < 2 ? 1 : Math.fround(sides[axis - 2]! / length(axis))));
  const ratio = policy === "not_larger" ? Math.min(...ratios) : Math.max(...ratios);
  if (ratio !== 1 && axes.some((axis) => axis < 2)) context.unsupported("resizes batch or channels");
  return scaled(
    lengths,
    pair((axis) => (axes.includes(axis) ? ratio : 1)),
    Math.round,
  );
}

/** Scales are float32, and so is their product with a length. */
function scaled(lengths: Pair, scales: Pair, round: (side: number) => number) {
  const sides = pair((axis) => round(Math.fround(lengths[axis - 2]! * scales[axis - 2]!)));
  return { sides, scales };
}

function scalesOf(context: NodeContext): readonly number[] | undefined {
  const { attributes, opset, node } = context;
  if (opset < 9 && node.opType === "Upsample") return attributes.floats("scales");
  return context.numbers(opset < 11 ? 1 : 2);
}

/** Numbers by their axes; an empty list is one that is left out. */
function byAxis<Each extends Element>(
  context: NodeContext,
  axes: readonly number[],
  list: readonly Each[] | undefined,
): ReadonlyMap<number, Each> | undefined {
  if (list === undefined || list.length === 0) return undefined;
  if (list.length !== axes.length) context.invalid(`has ${list.length} numbers for ${axes.length} axes`);
  return new Map(axes.map((axis, index) => [axis, list[index]!]));
}

/** Whether a size leaves an axis as it is; a file for a certain number of photos may state it where the batch stands. */
function stays(length: Element, size: Element): boolean {
  if (isNumber(length)) return length === size;
  if (isNumber(size)) return length.times === 1;
  return size.times === length.times && size.photo === 0 && size.plus === 0;
}

/** Which pixel is nearest. Before opset 11 no file says: onnxruntime takes the next one where an image shrinks. */
function nearestOf(context: NodeContext, scales: Pair | undefined) {
  if (context.opset < 11 && scales !== undefined) {
    const shrinks = scales.some((scale) => scale < 1);
    if (shrinks && scales.some((scale) => scale > 1))
      context.unsupported("takes the nearest pixels, and shrinks one axis where it grows the other");
    return shrinks ? "ceil" : "floor";
  }
  return context.word("nearest_mode", "round_prefer_floor", [
    "round_prefer_floor",
    "round_prefer_ceil",
    "floor",
    "ceil",
  ]);
}

/** The part of height and of width that `roi` names: the beginnings of all axes, and then their ends. */
function cropsOf(context: NodeContext, axes: readonly number[]) {
  const roi = context.numbers(1);
  if (roi === undefined || roi.length !== 2 * axes.length)
    return context.invalid(`has no region of ${2 * axes.length} numbers for its ${axes.length} axes`);
  const cropOf = (axis: number): readonly [number, number] => {
    const at = axes.indexOf(axis);
    return at < 0 ? [0, 1] : [roi[at]!, roi[at + axes.length]!];
  };
  if ([0, 1].some((axis) => cropOf(axis)[0] !== 0 || cropOf(axis)[1] !== 1))
    context.unsupported("crops batch or channels");
  return [cropOf(2), cropOf(3)] as const;
}
