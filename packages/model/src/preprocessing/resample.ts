import { type Box, boxSpans, wholeImage } from "./box.js";
import { preprocessingError } from "./errors.js";
import { createImage, type RgbImage, requireImage } from "./image.js";
import { resampleNearest } from "./nearest.js";
import type { ResampleFilter } from "./specification.js";
import { resampleTriangle } from "./triangle.js";

export interface ResampleOptions {
  /** The region to take, in source pixels, fractions allowed. Default: the whole image. */
  readonly box?: Box;
  /** Size of the result, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly filter: ResampleFilter;
}

/**
 * Resizes a region of an image to width × height. `nearest` equals Pillow's `Image.resize(size, NEAREST, box)`
 * bit for bit; `triangle` equals its BILINEAR, bit for bit up to Pillow 12.3 and within 1 level in Pillow 13.
 * @param out written and returned when given; it must have the size of the result and not share `image`'s data.
 * @throws FleuronError `preprocessing-image`, `preprocessing-box`, `preprocessing-output`.
 */
export function resample(
  image: RgbImage,
  options: ResampleOptions,
  out: RgbImage = createImage(options.width, options.height),
): RgbImage {
  requireImage(image);
  requireImage(out);
  if (out.width !== options.width || out.height !== options.height) {
    throw preprocessingError(
      "preprocessing-output",
      `The output is ${out.width}×${out.height} where ${options.width}×${options.height} was asked for.`,
    );
  }
  const { horizontal, vertical } = boxSpans(options.box ?? wholeImage(image), image);
  const resampleWith = options.filter === "nearest" ? resampleNearest : resampleTriangle;
  resampleWith(image, horizontal, vertical, out);
  return out;
}
