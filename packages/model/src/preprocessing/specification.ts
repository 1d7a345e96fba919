/** How a photo becomes the network's input; stands in a run and in a bundle, and nothing else decides it. */
import * as v from "valibot";
import { checked } from "../checked/index.js";
import { preprocessingError } from "./errors.js";

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const level = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255));
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const finite = v.pipe(v.number(), v.finite());

export const resampleFilterSchema = v.picklist(["nearest", "triangle"]);

/** `nearest`: the pixel under the centre; `triangle`: linear, widened when it shrinks (Pillow's BILINEAR). */
export type ResampleFilter = v.InferOutput<typeof resampleFilterSchema>;

const resizeSchema = v.variant("fit", [
  /** The whole photo to size × size, whatever its aspect ratio. */
  v.strictObject({ fit: v.literal("squash"), filter: resampleFilterSchema }),
  /** The central size × size of the photo whose shorter side was made `resizeTo` pixels. */
  v.strictObject({ fit: v.literal("cover"), filter: resampleFilterSchema, resizeTo: size }),
]);

export const preprocessingSchema = v.pipe(
  v.strictObject({
    /** Side of the square input, in pixels. */
    size,
    resize: resizeSchema,
    /** The decoder turns the photo as its EXIF tag says. */
    exifOrientation: v.literal(true),
    /** Red, green, blue (0 to 255) that the decoder puts behind transparent pixels. */
    background: v.tuple([level, level, level]),
    colourSpace: v.literal("srgb"),
    channelOrder: v.literal("rgb"),
    /** Factor from levels (0 to 255) to the units of `mean` and `std`. */
    scale: positive,
    mean: v.tuple([finite, finite, finite]),
    std: v.tuple([positive, positive, positive]),
  }),
  v.check(
    ({ resize, size }) => resize.fit === "squash" || resize.resizeTo >= size,
    "'resize.resizeTo' must not be smaller than 'size'",
  ),
  v.check(
    ({ scale, mean, std }) =>
      [0, 255].every((level) =>
        mean.every((mean, channel) => Number.isFinite(Math.fround((level * scale - mean) / std[channel]!))),
      ),
    "'scale', 'mean' and 'std' give inputs that float32 cannot hold",
  ),
);

export type PreprocessingSpecification = Readonly<v.InferOutput<typeof preprocessingSchema>>;

/** @throws FleuronError `preprocessing-invalid` that names the entry at fault. */
export function parsePreprocessing(value: unknown): PreprocessingSpecification {
  const result = checked(preprocessingSchema, value);
  if ("value" in result) return result.value;
  throw preprocessingError(
    "preprocessing-invalid",
    `The preprocessing specification is invalid: ${result.problem}.`,
  );
}
