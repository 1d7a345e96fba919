import { inputSides } from "./input-sides.js";
import { colourOf } from "./normalise.js";
import type { PreprocessingSpecification } from "./specification.js";

/**
 * The levels that a network's inputs were made of, [photos, height, width, 3] in red, green, blue: what `fillInput` does to
 * a photo's pixels, undone. A number that no level becomes gives the nearest one.
 * @param images [photos, 3, height, width].
 */
export function levelsOf(
  images: Float32Array,
  specification: PreprocessingSpecification,
): Uint8Array<ArrayBuffer> {
  const { scale, mean, std } = specification;
  const { height, width } = inputSides(specification);
  const pixels = height * width;
  // It rounds, and knows no more than 255.
  const levels = new Uint8ClampedArray(images.length);
  for (let start = 0; start < images.length; start += pixels) {
    const channel = (start / pixels) % 3;
    const to = start - channel * pixels + colourOf(specification, channel);
    for (let pixel = 0; pixel < pixels; pixel++) {
      levels[to + pixel * 3] = (images[start + pixel]! * std[channel]! + mean[channel]!) / scale;
    }
  }
  return new Uint8Array(levels.buffer);
}
