import * as v from "valibot";
import { commonEntries, imageInput } from "./common.js";
import type { LayerDefinition } from "./shape.js";

export const globalAveragePool2dSchema = v.strictObject({
  type: v.literal("globalAveragePool2d"),
  ...commonEntries,
});

/** The mean of each channel: a vector, whatever the size of the image. */
export type GlobalAveragePool2dLayer = v.InferOutput<typeof globalAveragePool2dSchema>;

export const globalAveragePool2d: LayerDefinition<GlobalAveragePool2dLayer> = {
  outputShape: (layer, inputs) => [imageInput(layer, inputs)[0]],
  parameters: () => [],
};
