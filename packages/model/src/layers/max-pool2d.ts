import * as v from "valibot";
import { commonEntries, imageInput, pair, windowOutput } from "./common.js";
import type { LayerDefinition } from "./shape.js";

export const maxPool2dSchema = v.strictObject({
  type: v.literal("maxPool2d"),
  ...commonEntries,
  poolSize: pair,
  strides: pair,
});

/** Largest value of each window, without padding. */
export type MaxPool2dLayer = v.InferOutput<typeof maxPool2dSchema>;

export const maxPool2d: LayerDefinition<MaxPool2dLayer> = {
  outputShape(layer, inputs) {
    const [channels, height, width] = imageInput(layer, inputs);
    return [
      channels,
      windowOutput(layer.id, height, layer.poolSize[0], layer.strides[0]),
      windowOutput(layer.id, width, layer.poolSize[1], layer.strides[1]),
    ];
  },
  parameters: () => [],
};
