// What convolutions and pools have in common: a window, in two axes or in one.
import type { NodeContext } from "../context.js";

export type Lengths = readonly [number, number];
export type Pads = readonly [number, number, number, number];

/** No window, stride or pad of an image network is longer. */
const LONGEST = 1024;

/** A number for each axis; for lines the first one is that of the row which they are. */
export function pairOf(context: NodeContext, name: string, missing: number, lines: boolean): Lengths {
  const pair = statedPair(context, name, missing, lines) ?? [missing, missing];
  if (pair.some((number) => number < 0 || number > LONGEST))
    context.invalid(`has ${name} of [${lines ? pair[1] : pair}]`);
  return pair;
}

/** A number for each axis; undefined where the node states none. */
export function statedPair(
  context: NodeContext,
  name: string,
  ofRow: number,
  lines: boolean,
): Lengths | undefined {
  const given = context.attributes.ints(name, undefined);
  if (given === undefined) return undefined;
  if (given.length !== (lines ? 1 : 2)) context.invalid(`has ${given.length} numbers in '${name}'`);
  return (lines ? [ofRow, given[0]!] : given) as unknown as Lengths;
}

export interface WindowPlace {
  readonly size: Lengths;
  readonly window: Lengths;
  readonly strides: Lengths;
  readonly dilations: Lengths;
  readonly lines: boolean;
  /** Whether a window may begin inside and end outside. Default: no. */
  readonly ceil?: boolean;
}

/** Pixels that the windows of a pool read for one photo: a hundred times as many as in any image network. */
const MOST_READ = 2 ** 32;

/** Refuses windows of a pool that lie in its pads, or read more than a photo can need. */
export function requireWindows(
  context: NodeContext,
  { size, window, strides, dilations }: WindowPlace,
  pads: Pads,
  channels: number,
): void {
  const pixels = ([0, 1] as const).map((axis) => {
    const extent = (window[axis] - 1) * dilations[axis] + 1;
    const [before, after] = [pads[axis], pads[axis + 2]!];
    if (before >= extent || after >= extent)
      context.invalid(`has pads of [${pads}] for windows of [${window}]`);
    return window[axis] * (Math.floor((size[axis] + before + after - extent) / strides[axis]) + 1);
  });
  const read = pixels[0]! * pixels[1]! * channels;
  if (read > MOST_READ) context.unsupported(`reads ${read} pixels of a photo`);
}

/** Top, left, bottom, right: from `pads`, from `auto_pad`, and where lengths are rounded up what that adds. */
export function padsOf(context: NodeContext, place: WindowPlace): Pads {
  const { size, window, strides, dilations, lines, ceil = false } = place;
  const auto = context.attributes.string("auto_pad", "NOTSET");
  const axes = [0, 1] as const;
  const extents = axes.map((axis) => (window[axis] - 1) * dilations[axis] + 1);
  if (auto === "SAME_UPPER" || auto === "SAME_LOWER") {
    const totals = axes.map((axis) => {
      const count = Math.ceil(size[axis] / strides[axis]);
      return Math.max(0, (count - 1) * strides[axis] + extents[axis]! - size[axis]);
    });
    const before = totals.map((total) =>
      auto === "SAME_UPPER" ? Math.floor(total / 2) : Math.ceil(total / 2),
    );
    return [before[0]!, before[1]!, totals[0]! - before[0]!, totals[1]! - before[1]!];
  }
  const given = auto === "VALID" ? undefined : context.attributes.ints("pads", undefined);
  const explicit = given ?? (lines ? [0, 0] : [0, 0, 0, 0]);
  if (explicit.length !== (lines ? 2 : 4)) context.invalid(`has ${explicit.length} numbers in 'pads'`);
  const pads = lines ? [0, explicit[0]!, 0, explicit[1]!] : explicit;
  if (pads.some((count) => count > LONGEST)) context.invalid(`has pads of [${pads}]`);
  if (pads.some((count) => count < 0)) context.unsupported("cuts its image by negative pads");
  if (!ceil) return pads as unknown as Pads;
  return [pads[0]!, pads[1]!, ...axes.map((axis) => endOf(axis))] as unknown as Pads;

  /** ONNX drops a window that would begin in what is added. */
  function endOf(axis: 0 | 1): number {
    const end = pads[axis + 2]!;
    const room = size[axis] + pads[axis]! + end - extents[axis]!;
    let count = Math.ceil(room / strides[axis]) + 1;
    if ((count - 1) * strides[axis] >= size[axis] + pads[axis]!) count--;
    return end + Math.max(0, (count - 1) * strides[axis] - room);
  }
}
