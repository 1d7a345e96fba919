import type { RgbImage } from "./image.js";
import { inputSides } from "./input-sides.js";
import { colourOf, normalise, normalised } from "./normalise.js";
import type { PreprocessingSpecification } from "./specification.js";

/**
 * Writes a photo, as `resizePhoto` gives it, as the network's input [3, height, width] from `out[offset]` on: normalised,
 * with padding around it where there is some.
 * @throws FleuronError `preprocessing-output` when `out` is too short.
 */
export function fillInput(
  photo: RgbImage,
  specification: PreprocessingSpecification,
  out: Float32Array,
  offset: number,
): void {
  const { resize } = specification;
  const { height, width } = inputSides(specification);
  const share = resize.fit === "pad" && resize.position === "centre" ? 0.5 : 0;
  const top = Math.floor((height - photo.height) * share);
  const left = Math.floor((width - photo.width) * share);
  if (resize.fit === "pad") {
    for (let channel = 0; channel < 3; channel++) {
      const level = resize.padding[colourOf(specification, channel)]!;
      const start = offset + channel * height * width;
      out.fill(normalised(level, specification, channel), start, start + height * width);
    }
  }
  normalise(photo, specification, out, offset, { height, width, top, left });
}
