import {
  biasAdd,
  type Conv2dAttributes,
  conv2d,
  convTranspose2d,
  knownShape,
  reshape,
  type Tensor,
} from "@fleuron/graph";
import { live, type NodeContext } from "../context.js";
import type { OperatorTable } from "./table.js";
import { type Lengths, padsOf, pairOf, statedPair } from "./window.js";

export const convolution: OperatorTable = {
  Conv(context) {
    const { x, kernel, lines } = operands(context);
    const [, , height, width] = knownShape("Conv", kernel.shape as readonly [number, number, number, number]);
    const attributes = windowOf(context, x, [height, width], lines);
    return live(finish(context, conv2d(x, kernel, attributes), lines));
  },

  ConvTranspose(context) {
    const { x, kernel, lines } = operands(context);
    const window = knownShape(
      "ConvTranspose",
      kernel.shape as readonly [number, number, number, number],
    ).slice(2);
    const strides = pairOf(context, "strides", 1, lines);
    const dilations = pairOf(context, "dilations", 1, lines);
    const added = pairOf(context, "output_padding", 0, lines);
    const wanted = statedPair(context, "output_shape", 1, lines);
    const size = knownShape("ConvTranspose", x.shape.slice(2)) as unknown as Lengths;
    const whole = size.map(
      (length, axis) =>
        strides[axis as 0 | 1] * (length - 1) +
        added[axis as 0 | 1] +
        (window[axis]! - 1) * dilations[axis as 0 | 1] +
        1,
    );
    const auto = context.attributes.string("auto_pad", "NOTSET");
    const outputs =
      wanted ??
      (auto.startsWith("SAME") ? size.map((length, axis) => length * strides[axis as 0 | 1]) : undefined);
    const pads = outputs
      ? cut(whole as unknown as Lengths, outputs as unknown as Lengths, auto !== "SAME_UPPER")
      : padsOf(context, { size, window: window as unknown as Lengths, strides, dilations, lines });
    // A stated size beyond what the kernels reach is filled with zeros.
    const outputSize = (outputs ??
      whole.map((length, axis) => length - pads[axis]! - pads[axis + 2]!)) as unknown as Lengths;
    const groups = context.attributes.int("group", 1);
    return live(
      finish(context, convTranspose2d(x, kernel, { strides, pads, dilations, groups, outputSize }), lines),
    );
  },
};

/** ConvTranspose states the size that it wants: the pads are what is too much. */
const cut = (whole: Lengths, wanted: Lengths, moreBefore: boolean) => {
  const total = whole.map((length, axis) => Math.max(0, length - wanted[axis]!));
  const before = total.map((count) => (moreBefore ? count - Math.floor(count / 2) : Math.floor(count / 2)));
  const after = total.map((count, axis) => count - before[axis]!);
  return [...before, ...after] as unknown as readonly [number, number, number, number];
};

/** Image and kernel; a line [N, C, L] is an image of one row. */
function operands(context: NodeContext) {
  const x = context.tensor(0);
  const kernel = context.parameter(context.value(1), "kernel");
  const lines = x.shape.length === 3;
  if (!lines && x.shape.length !== 4)
    context.unsupported(`slides over ${x.shape.length - 2} axes`, "Images have two.");
  const asImage = (tensor: Tensor) =>
    lines ? reshape(tensor, [...tensor.shape.slice(0, 2), 1, tensor.shape[2]!]) : tensor;
  return { x: asImage(x), kernel: asImage(kernel), lines };
}

function windowOf(context: NodeContext, x: Tensor, window: Lengths, lines: boolean): Conv2dAttributes {
  const strides = pairOf(context, "strides", 1, lines);
  const dilations = pairOf(context, "dilations", 1, lines);
  const size = knownShape("Conv", x.shape.slice(2)) as unknown as Lengths;
  const pads = padsOf(context, { size, window, strides, dilations, lines });
  return { strides, pads, dilations, groups: context.attributes.int("group", 1) };
}

function finish(context: NodeContext, y: Tensor, lines: boolean): Tensor {
  const bias = context.optional(2);
  const biased = bias ? biasAdd(y, context.parameter(bias, "bias")) : y;
  return lines ? reshape(biased, [...biased.shape.slice(0, 2), biased.shape[3]!]) : biased;
}
