import * as v from "valibot";
import { commonEntries, singleInput } from "./common.js";
import type { LayerDefinition, ParameterKind, ParameterStart } from "./shape.js";

export const batchNormSchema = v.strictObject({
  type: v.literal("batchNorm"),
  ...commonEntries,
  epsilon: v.pipe(v.number(), v.minValue(0)),
  /** Share of the old moving statistic that a training step keeps. */
  momentum: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});

/** Ioffe & Szegedy 2015, per channel. */
export type BatchNormLayer = v.InferOutput<typeof batchNormSchema>;

/** It starts as the identity. */
const kinds: readonly (readonly [ParameterKind, trainable: boolean, start: ParameterStart])[] = [
  ["gamma", true, "ones"],
  ["beta", true, "zeros"],
  ["movingMean", false, "zeros"],
  ["movingVariance", false, "ones"],
];

export const batchNorm: LayerDefinition<BatchNormLayer> = {
  outputShape: (layer, inputs) => singleInput(layer, inputs),
  parameters(layer, inputs) {
    const channels = singleInput(layer, inputs)[0]!;
    return kinds.map(([kind, trainable, start]) => ({
      name: `${layer.id}/${kind}`,
      kind,
      shape: [channels],
      trainable,
      start,
      decays: false,
      fewestBits: 32 as const,
      fanIn: 0,
      fanOut: 0,
    }));
  },
};
