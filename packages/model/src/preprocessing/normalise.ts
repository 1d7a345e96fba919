import { preprocessingError } from "./errors.js";
import type { RgbImage } from "./image.js";
import type { PreprocessingSpecification } from "./specification.js";

const LEVELS = 256;

export type Normalisation = Pick<PreprocessingSpecification, "channelOrder" | "scale" | "mean" | "std">;

/** The rows and columns of an input, and where an image lies in it. */
export interface Placement {
  readonly height: number;
  readonly width: number;
  readonly top: number;
  readonly left: number;
}

/**
 * Writes (level × scale − mean) ÷ std as [3, height, width] from `out[offset]` on. Computed in double
 * precision once per level and rounded to float32.
 * @param placement default: the image is the whole input.
 * @throws FleuronError `preprocessing-output` when `out` is too short.
 */
export function normalise(
  image: RgbImage,
  normalisation: Normalisation,
  out: Float32Array,
  offset: number,
  placement: Placement = { height: image.height, width: image.width, top: 0, left: 0 },
): void {
  const { data, width: columns } = image;
  const { height, width, top, left } = placement;
  const pixels = height * width;
  if (offset < 0 || offset + pixels * 3 > out.length) {
    throw preprocessingError(
      "preprocessing-output",
      `An output of ${out.length} numbers has no room for ${pixels * 3} from ${offset} on.`,
    );
  }
  for (let channel = 0; channel < 3; channel++) {
    const values = new Float32Array(LEVELS).map((_, level) => normalised(level, normalisation, channel));
    const colour = colourOf(normalisation, channel);
    for (let row = 0; row < image.height; row++) {
      const from = row * columns;
      const to = offset + channel * pixels + (top + row) * width + left;
      for (let x = 0; x < columns; x++) out[to + x] = values[data[(from + x) * 3 + colour]!]!;
    }
  }
}

/** A level of a channel as the network gets it. */
export const normalised = (level: number, { scale, mean, std }: Normalisation, channel: number): number =>
  (level * scale - mean[channel]!) / std[channel]!;

/** What a channel of the input is: 0 red, 1 green, 2 blue. */
export const colourOf = ({ channelOrder }: Normalisation, channel: number): number =>
  channelOrder === "bgr" ? 2 - channel : channel;
