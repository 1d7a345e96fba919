import {
  averagePool,
  known,
  knownShape,
  maxPool,
  reduceMax,
  reduceMean,
  reshape,
  type Tensor,
} from "@fleuron/graph";
import { live, type NodeContext } from "../context.js";
import type { OperatorTable } from "./table.js";
import { type Lengths, padsOf, pairOf, requireWindows } from "./window.js";

export const pool: OperatorTable = {
  MaxPool(context) {
    if (context.node.outputs.length > 1) context.unsupported("gives the places of its maxima as well");
    if (context.attributes.int("storage_order", 0) !== 0) context.unsupported("goes through columns first");
    return slide(context, ({ image, kernelSize, strides, pads, dilations }) =>
      maxPool(image, { kernelSize, strides, pads, dilations }),
    );
  },

  AveragePool(context) {
    const countPadding = context.attributes.int("count_include_pad", 0) === 1;
    return slide(context, ({ image, kernelSize, strides, pads, dilations, isRoundedUp }) => {
      if (dilations.some((dilation) => dilation > 1)) context.unsupported("has dilated windows");
      if (countPadding && isRoundedUp) context.unsupported("counts zeros and rounds its size up");
      return averagePool(image, { kernelSize, strides, pads, countPadding });
    });
  },

  GlobalAveragePool: (context) => overImage(context, reduceMean),
  GlobalMaxPool: (context) => overImage(context, reduceMax),
};

function overImage(context: NodeContext, reduce: typeof reduceMax) {
  const x = context.tensor(0);
  const axes = x.shape.flatMap((_, axis) => (axis > 1 ? [axis] : []));
  return live(axes.length === 0 ? x : reduce(x, { axes, keepDimensions: true }));
}

interface Pool {
  readonly image: Tensor;
  readonly kernelSize: Lengths;
  readonly strides: Lengths;
  readonly dilations: Lengths;
  readonly pads: readonly [number, number, number, number];
  /** Whether the last windows end outside of the pads that the file states. */
  readonly isRoundedUp: boolean;
}

function slide(context: NodeContext, apply: (pool: Pool) => Tensor) {
  const x = context.tensor(0);
  const lines = x.shape.length === 3;
  if (!lines && x.shape.length !== 4) context.unsupported(`slides over ${x.shape.length - 2} axes`);
  const image = lines ? reshape(x, [...x.shape.slice(0, 2), 1, x.shape[2]!]) : x;
  const kernelSize = pairOf(context, "kernel_shape", 1, lines);
  const strides = pairOf(context, "strides", 1, lines);
  const dilations = pairOf(context, "dilations", 1, lines);
  const size = knownShape(context.node.opType, image.shape.slice(2)) as unknown as Lengths;
  const place = { size, window: kernelSize, strides, dilations, lines };
  const stated = padsOf(context, place);
  const pads =
    context.attributes.int("ceil_mode", 0) === 1 ? padsOf(context, { ...place, ceil: true }) : stated;
  requireWindows(context, place, pads, known(context.node.opType, image.shape[1]!));
  const isRoundedUp = pads.some((count, side) => count !== stated[side]);
  const y = apply({ image, kernelSize, strides, dilations, pads, isRoundedUp });
  return live(lines ? reshape(y, [...y.shape.slice(0, 2), y.shape[3]!]) : y);
}
