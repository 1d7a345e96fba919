import { centralSquare, wholeImage } from "./box.js";
import { createImage, type RgbImage } from "./image.js";
import { resample } from "./resample.js";
import type { PreprocessingSpecification } from "./specification.js";

/**
 * A photo in the size of the network's input, [size, size, 3], still in levels. `cover` takes the box that it
 * needs in one resampling, centred to fractions of a pixel.
 * @throws FleuronError `preprocessing-image`.
 */
export function resizePhoto(
  image: RgbImage,
  { size, resize }: Pick<PreprocessingSpecification, "size" | "resize">,
): RgbImage {
  const box = resize.fit === "cover" ? centralSquare(image, size / resize.resizeTo) : wholeImage(image);
  return resample(image, { box, width: size, height: size, filter: resize.filter }, createImage(size, size));
}
