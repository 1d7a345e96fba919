/** How a photo becomes a network's input; stands in a run and in a bundle, and nothing else decides it. */
import * as v from "valibot";
import { checked } from "../checked/index.js";
import { preprocessingError } from "./errors.js";
import { sideSchema } from "./side.js";

const level = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(255));
const levelWithFraction = v.pipe(v.number(), v.minValue(0), v.maxValue(255));
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const finite = v.pipe(v.number(), v.finite());

export const resampleFilterSchema = v.picklist(["nearest", "triangle"]);

/** `nearest`: the pixel under the centre; `triangle`: linear, widened when it shrinks (Pillow's BILINEAR). */
export type ResampleFilter = v.InferOutput<typeof resampleFilterSchema>;

/** The whole photo to the input's size, whatever its aspect ratio. */
const squash = v.strictObject({
  fit: v.literal("squash"),
  filter: resampleFilterSchema,
  /** Pixels of both sides before the centre is cut out. Default: the input's. */
  resizeTo: v.exactOptional(sideSchema),
});

/** The centre, in the input's size, of the photo whose shorter side was made `resizeTo` pixels. */
const cover = v.strictObject({ fit: v.literal("cover"), filter: resampleFilterSchema, resizeTo: sideSchema });

/** The whole photo as large as it fits into the input, and a colour around it. */
const pad = v.strictObject({
  fit: v.literal("pad"),
  filter: resampleFilterSchema,
  /** Where the photo lies. */
  position: v.picklist(["centre", "top-left"]),
  /** Red, green, blue (0 to 255, fractions allowed: `mean` ÷ `scale` becomes 0). */
  padding: v.strictTuple([levelWithFraction, levelWithFraction, levelWithFraction]),
});

export const preprocessingSchema = v.pipe(
  v.strictObject({
    /** The input's side where it is a square, else [height, width], in pixels. */
    size: v.union([sideSchema, v.strictTuple([sideSchema, sideSchema])]),
    resize: v.variant("fit", [squash, cover, pad]),
    /** The decoder turns the photo as its EXIF tag says. */
    exifOrientation: v.literal(true),
    /** Red, green, blue (0 to 255) that the decoder puts behind transparent pixels. */
    background: v.strictTuple([level, level, level]),
    colourSpace: v.literal("srgb"),
    channelOrder: v.picklist(["rgb", "bgr"]),
    /** Factor from levels (0 to 255) to the units of `mean` and `std`. */
    scale: positive,
    /** In the order of `channelOrder`. */
    mean: v.strictTuple([finite, finite, finite]),
    std: v.strictTuple([positive, positive, positive]),
  }),
  v.check(
    ({ resize, size }) =>
      resize.fit === "pad" || [size].flat().every((side) => side <= (resize.resizeTo ?? side)),
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
