import * as v from "valibot";
import { activation, commonEntries, layerShapeError, positiveInteger, singleInput } from "./common.js";
import { biasOf, type LayerDefinition, type LayerShape } from "./shape.js";

export const denseSchema = v.strictObject({
  type: v.literal("dense"),
  ...commonEntries,
  units: positiveInteger,
  activation,
});

export type DenseLayer = v.InferOutput<typeof denseSchema>;

function unitsIn(layer: DenseLayer, inputs: readonly LayerShape[]): number {
  const shape = singleInput(layer, inputs);
  if (shape.length !== 1) {
    throw layerShapeError(
      layer.id,
      `takes a vector but its input is [${shape.join(", ")}]`,
      "Put a flatten layer before it.",
    );
  }
  return shape[0]!;
}

export const dense: LayerDefinition<DenseLayer> = {
  outputShape(layer, inputs) {
    unitsIn(layer, inputs);
    return [layer.units];
  },
  parameters(layer, inputs) {
    const fanIn = unitsIn(layer, inputs);
    return [
      {
        name: `${layer.id}/kernel`,
        kind: "kernel",
        shape: [fanIn, layer.units],
        trainable: true,
        start: "denseKernel",
        decays: true,
        fewestBits: 4,
        fanIn,
        fanOut: layer.units,
      },
      biasOf(layer, layer.units),
    ];
  },
};
