import * as v from "valibot";
import { commonEntries, layerShapeError } from "./common.js";
import type { LayerDefinition } from "./shape.js";

export const addSchema = v.strictObject({ type: v.literal("add"), ...commonEntries });

/** The sum of its inputs, which have one shape: what joins a residual path with its shortcut (He et al. 2016). */
export type AddLayer = v.InferOutput<typeof addSchema>;

export const add: LayerDefinition<AddLayer> = {
  outputShape(layer, inputs) {
    const [first, ...rest] = inputs;
    if (first === undefined || rest.length === 0) {
      throw layerShapeError(layer.id, `adds two inputs or more but has ${inputs.length}`);
    }
    if (rest.some((shape) => shape.join() !== first.join())) {
      const shapes = inputs.map((shape) => `[${shape.join(", ")}]`).join(" and ");
      throw layerShapeError(layer.id, `adds inputs of one shape but has ${shapes}`);
    }
    return first;
  },
  parameters: () => [],
};
