import { centralSquare, wholeImage } from "./box.js";
import type { RgbImage } from "./image.js";
import { normalise } from "./normalise.js";
import { resample } from "./resample.js";
import type { PreprocessingSpecification } from "./specification.js";

/**
 * A photo as the network's input, [3, size, size]. Orientation, background and colour space are the
 * decoder's part. `cover` takes the box that it needs in one resampling, centred to fractions of a pixel.
 * @param out written from `offset` on and returned when given: several photos make a batch.
 * @throws FleuronError `preprocessing-image`, `preprocessing-output`.
 */
export function preprocess(
  image: RgbImage,
  specification: PreprocessingSpecification,
  out: Float32Array = new Float32Array(3 * specification.size ** 2),
  offset = 0,
): Float32Array {
  const { size, resize } = specification;
  const box = resize.fit === "cover" ? centralSquare(image, size / resize.resizeTo) : wholeImage(image);
  normalise(
    resample(image, { box, width: size, height: size, filter: resize.filter }),
    specification,
    out,
    offset,
  );
  return out;
}
