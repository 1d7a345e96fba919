import { preprocessingError } from "./errors.js";
import type { RgbImage } from "./image.js";
import type { PreprocessingSpecification } from "./specification.js";

const LEVELS = 256;

export type Normalisation = Pick<PreprocessingSpecification, "channelOrder" | "scale" | "mean" | "std">;

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
  requireRoom(out, offset, pixels * 3);
  for (let channel = 0; channel < 3; channel++) {
    const values = new Float32Array(LEVELS).map((_, level) => normalised(level, normalisation, channel));
    const start = offset + channel * pixels;
    const colour = colourOf(normalisation, channel);
    for (let i = 0; i < pixels; i++) out[start + i] = values[data[i * 3 + colour]!]!;
  }
}

/** @throws FleuronError `preprocessing-output`. */
export function requireRoom(out: Float32Array, offset: number, count: number): void {
  if (offset >= 0 && offset + count <= out.length) return;
  throw preprocessingError(
    "preprocessing-output",
    `An output of ${out.length} numbers has no room for ${count} from ${offset} on.`,
  );
}

/** A level of a channel as the network gets it. */
export const normalised = (level: number, { scale, mean, std }: Normalisation, channel: number): number =>
  (level * scale - mean[channel]!) / std[channel]!;

/** What a channel of the input is: 0 red, 1 green, 2 blue. */
export const colourOf = ({ channelOrder }: Normalisation, channel: number): number =>
  channelOrder === "bgr" ? 2 - channel : channel;
