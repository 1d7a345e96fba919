import { preprocessingError } from "./errors.js";
import type { RgbImage } from "./image.js";
import type { PreprocessingSpecification } from "./specification.js";

const LEVELS = 256;

export type Normalisation = Pick<PreprocessingSpecification, "scale" | "mean" | "std">;

/**
 * Writes (level × scale − mean) ÷ std as [3, height, width] from `out[offset]` on. Computed in double
 * precision once per level and rounded to float32.
 * @throws FleuronError `preprocessing-output` when `out` is too short.
 */
export function normalise(
  image: RgbImage,
  normalisation: Normalisation,
  out: Float32Array,
  offset: number,
): void {
  const { data, width, height } = image;
  const pixels = width * height;
  if (offset < 0 || offset + pixels * 3 > out.length) {
    throw preprocessingError(
      "preprocessing-output",
      `An output of ${out.length} numbers has no room for ${pixels * 3} from ${offset} on.`,
    );
  }
  const { scale, mean, std } = normalisation;
  for (let channel = 0; channel < 3; channel++) {
    const values = new Float32Array(LEVELS).map(
      (_, level) => (level * scale - mean[channel]!) / std[channel]!,
    );
    const start = offset + channel * pixels;
    for (let i = 0; i < pixels; i++) out[start + i] = values[data[i * 3 + channel]!]!;
  }
}
