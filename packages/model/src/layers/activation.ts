import * as v from "valibot";
import { activation as activationName, commonEntries, singleInput } from "./common.js";
import type { LayerDefinition } from "./shape.js";

export const activationSchema = v.strictObject({
  type: v.literal("activation"),
  ...commonEntries,
  activation: activationName,
});

/** An activation that stands by itself, after a batchNorm or an addition. */
export type ActivationLayer = v.InferOutput<typeof activationSchema>;

export const activation: LayerDefinition<ActivationLayer> = {
  outputShape: (layer, inputs) => singleInput(layer, inputs),
  parameters: () => [],
};
