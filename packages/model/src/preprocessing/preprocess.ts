import { fillInput } from "./fill-input.js";
import type { RgbImage } from "./image.js";
import { inputLength } from "./input-sides.js";
import { resizePhoto } from "./resize-photo.js";
import type { PreprocessingSpecification } from "./specification.js";

/**
 * A photo as the network's input, [3, height, width]. Orientation, background and colour space are the
 * decoder's part.
 * @param out written from `offset` on and returned when given: several photos make a batch.
 * @throws FleuronError `preprocessing-image`, `preprocessing-output`.
 */
export function preprocess(
  image: RgbImage,
  specification: PreprocessingSpecification,
  out: Float32Array = new Float32Array(inputLength(specification)),
  offset = 0,
): Float32Array {
  fillInput(resizePhoto(image, specification), specification, out, offset);
  return out;
}
