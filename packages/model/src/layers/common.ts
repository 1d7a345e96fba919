import * as v from "valibot";
import { FleuronError } from "../errors.js";
import type { LayerShape } from "./shape.js";

export const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1));
export const pair = v.strictTuple([positiveInteger, positiveInteger]);
const notNegative = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Rows above and below an image, and columns on its left and right: how PyTorch pads. */
export const sides = v.strictTuple([notNegative, notNegative]);
export const activation = v.picklist(["linear", "relu", "relu6"]);
export type Activation = v.InferOutput<typeof activation>;

/** Entries that every layer has: a stable `id`, and `inputs` by id, "image" for the photo (default: the layer before). */
export const commonEntries = {
  id: v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9]*$/, "a letter followed by letters and digits")),
  inputs: v.optional(v.array(v.string())),
};

export function layerShapeError(id: string, message: string, hint?: string): FleuronError<"layer-shape"> {
  return new FleuronError("layer-shape", `Layer '${id}': ${message}.`, {
    kind: "usage",
    subject: id,
    ...(hint !== undefined && { hint }),
  });
}

export function singleInput(layer: { id: string }, inputs: readonly LayerShape[]): LayerShape {
  if (inputs.length !== 1) throw layerShapeError(layer.id, `takes one input but has ${inputs.length}`);
  return inputs[0]!;
}

/**
 * The shape of the image that a layer takes.
 * @throws FleuronError "layer-shape" for another input, and for several.
 */
export function imageInput(
  layer: { id: string },
  inputs: readonly LayerShape[],
): readonly [channels: number, height: number, width: number] {
  const shape = singleInput(layer, inputs);
  if (shape.length !== 3) {
    throw layerShapeError(
      layer.id,
      `takes an image (channels, height, width) but its input is [${shape.join(", ")}]`,
    );
  }
  return [shape[0]!, shape[1]!, shape[2]!];
}

/** Length of an output axis of a sliding window over what is padded already; throws when the window does not fit. */
export function windowOutput(id: string, size: number, window: number, stride: number): number {
  if (size < window) {
    throw layerShapeError(
      id,
      `its window of ${window} does not fit its input of ${size}`,
      "Use a larger image size.",
    );
  }
  return Math.floor((size - window) / stride) + 1;
}
