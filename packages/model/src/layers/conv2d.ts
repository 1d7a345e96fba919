import * as v from "valibot";
import {
  activation,
  commonEntries,
  imageInput,
  layerShapeError,
  pair,
  positiveInteger,
  sides,
  windowOutput,
} from "./common.js";
import { biasOf, type LayerDefinition, type LayerShape } from "./shape.js";

export const conv2dSchema = v.strictObject({
  type: v.literal("conv2d"),
  ...commonEntries,
  filters: positiveInteger,
  kernelSize: pair,
  strides: pair,
  /**
   * "valid": no padding. "same": the output is the input divided by the stride, rounded up (as TensorFlow pads).
   * Two numbers: as many rows above and below, and columns on either side (as PyTorch pads).
   */
  padding: v.union([v.picklist(["valid", "same"]), sides], "valid, same or two numbers"),
  /** Channels and filters are divided into so many groups that do not see each other. Default 1. */
  groups: v.optional(positiveInteger),
  /** Whether each filter adds a number of its own. Default true; before a batchNorm it has no effect. */
  bias: v.optional(v.boolean()),
  activation,
});

export type Conv2dLayer = v.InferOutput<typeof conv2dSchema>;

export const conv2d: LayerDefinition<Conv2dLayer> = {
  outputShape(layer, inputs) {
    const [, height, width] = imageInput(layer, inputs);
    const along = (size: number, axis: 0 | 1) =>
      layer.padding === "same"
        ? Math.ceil(size / layer.strides[axis])
        : windowOutput(layer.id, size + padded(layer, axis), layer.kernelSize[axis], layer.strides[axis]);
    requireGroups(layer, inputs);
    return [layer.filters, along(height, 0), along(width, 1)];
  },
  parameters(layer, inputs) {
    const { groups = 1, bias = true } = layer;
    const channels = imageInput(layer, inputs)[0] / groups;
    const [kernelHeight, kernelWidth] = layer.kernelSize;
    const taps = kernelHeight * kernelWidth;
    return [
      {
        name: `${layer.id}/kernel`,
        kind: "kernel",
        shape: [layer.filters, channels, kernelHeight, kernelWidth],
        trainable: true,
        start: "conv2dKernel",
        decays: true,
        // Convolutions are a fifteenth of AlexNet, and what they lose passes through all that follows.
        fewestBits: 8,
        fanIn: channels * taps,
        fanOut: (layer.filters / groups) * taps,
      },
      ...(bias ? [biasOf(layer, layer.filters)] : []),
    ];
  },
};

/**
 * Explicit padding `[top, left, bottom, right]` of a convolution over a `height`×`width` input. "same" puts
 * the odd pixel after, as TensorFlow does.
 */
export function conv2dPads(
  layer: Pick<Conv2dLayer, "kernelSize" | "strides" | "padding">,
  [height, width]: readonly [number, number],
): readonly [number, number, number, number] {
  if (layer.padding === "valid") return [0, 0, 0, 0];
  if (layer.padding !== "same") return [...layer.padding, ...layer.padding];
  const total = (size: number, axis: 0 | 1) => {
    const output = Math.ceil(size / layer.strides[axis]);
    return Math.max(0, (output - 1) * layer.strides[axis] + layer.kernelSize[axis] - size);
  };
  const [vertical, horizontal] = [total(height, 0), total(width, 1)];
  const [top, left] = [Math.floor(vertical / 2), Math.floor(horizontal / 2)];
  return [top, left, vertical - top, horizontal - left];
}

/** What padding adds to the length of an axis, where it is said in numbers. */
const padded = ({ padding }: Conv2dLayer, axis: 0 | 1): number =>
  typeof padding === "string" ? 0 : 2 * padding[axis];

function requireGroups(layer: Conv2dLayer, inputs: readonly LayerShape[]): void {
  const { groups = 1, filters, id } = layer;
  const [channels] = imageInput(layer, inputs);
  if (channels % groups === 0 && filters % groups === 0) return;
  throw layerShapeError(id, `its ${groups} groups do not divide ${channels} channels and ${filters} filters`);
}
