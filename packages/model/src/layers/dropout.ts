import * as v from "valibot";
import { commonEntries, singleInput } from "./common.js";
import type { LayerDefinition } from "./shape.js";

export const dropoutSchema = v.strictObject({
  type: v.literal("dropout"),
  ...commonEntries,
  /** Share of the units that a training step sets to 0; the others are divided by 1 − rate. */
  rate: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
});

/** Srivastava et al. 2014, inverted: nothing happens at inference. */
export type DropoutLayer = v.InferOutput<typeof dropoutSchema>;

export const dropout: LayerDefinition<DropoutLayer> = {
  outputShape: (layer, inputs) => singleInput(layer, inputs),
  parameters: () => [],
};
