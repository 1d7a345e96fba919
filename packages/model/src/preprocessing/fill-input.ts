import type { RgbImage } from "./image.js";
import { inputLength, inputSides } from "./input-sides.js";
import { colourOf, normalise, normalised, requireRoom } from "./normalise.js";
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
  if (resize.fit !== "pad") {
    normalise(photo, specification, out, offset);
    return;
  }
  requireRoom(out, offset, inputLength(specification));
  const { height, width } = inputSides(specification);
  const [top, left] =
    resize.position === "centre"
      ? [Math.floor((height - photo.height) / 2), Math.floor((width - photo.width) / 2)]
      : [0, 0];
  const values = new Float32Array(3 * photo.width * photo.height);
  normalise(photo, specification, values, 0);
  for (let channel = 0; channel < 3; channel++) {
    const plane = out.subarray(offset + channel * height * width, offset + (channel + 1) * height * width);
    const level = resize.padding[colourOf(specification, channel)]!;
    plane.fill(normalised(level, specification, channel));
    for (let row = 0; row < photo.height; row++) {
      const from = (channel * photo.height + row) * photo.width;
      plane.set(values.subarray(from, from + photo.width), (top + row) * width + left);
    }
  }
}
