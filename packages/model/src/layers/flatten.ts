import * as v from "valibot";
import { commonEntries, singleInput } from "./common.js";
import type { LayerDefinition } from "./shape.js";

export const flattenSchema = v.strictObject({ type: v.literal("flatten"), ...commonEntries });

/** An image as a vector, in channel, row, column order. */
export type FlattenLayer = v.InferOutput<typeof flattenSchema>;

export const flatten: LayerDefinition<FlattenLayer> = {
  outputShape: (layer, inputs) => [singleInput(layer, inputs).reduce((product, size) => product * size, 1)],
  parameters: () => [],
};
