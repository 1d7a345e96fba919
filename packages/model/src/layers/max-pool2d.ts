import * as v from "valibot";
import { commonEntries, imageInput, layerShapeError, pair, sides, windowOutput } from "./common.js";
import type { LayerDefinition } from "./shape.js";

export const maxPool2dSchema = v.strictObject({
  type: v.literal("maxPool2d"),
  ...commonEntries,
  poolSize: pair,
  strides: pair,
  /** Rows above and below, columns on either side, which are never the largest; at most half a window. Default [0, 0]. */
  padding: v.optional(sides),
});

/** Largest value of each window. */
export type MaxPool2dLayer = v.InferOutput<typeof maxPool2dSchema>;

export const maxPool2d: LayerDefinition<MaxPool2dLayer> = {
  outputShape(layer, inputs) {
    const [channels, height, width] = imageInput(layer, inputs);
    const { padding = [0, 0] } = layer;
    const along = (size: number, axis: 0 | 1) => {
      const window = layer.poolSize[axis];
      if (2 * padding[axis] > window)
        throw layerShapeError(
          layer.id,
          `its padding of ${padding[axis]} is above half its window of ${window}`,
        );
      return windowOutput(layer.id, size + 2 * padding[axis], window, layer.strides[axis]);
    };
    return [channels, along(height, 0), along(width, 1)];
  },
  parameters: () => [],
};
