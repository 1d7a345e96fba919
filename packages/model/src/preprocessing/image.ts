import { preprocessingError } from "./errors.js";

/** A decoded, oriented photo: 8 bits per channel, sRGB. */
export interface RgbImage {
  /** Rows from the top, pixels from the left, R G B interleaved: [height, width, 3]. */
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

export function createImage(width: number, height: number): RgbImage {
  return { data: new Uint8Array(width * height * 3), width, height };
}

/** @throws FleuronError `preprocessing-image` unless sides are positive integers and the data fit them. */
export function requireImage(image: RgbImage): void {
  const { data, width, height } = image;
  const valid = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!valid || data.length !== width * height * 3) {
    throw preprocessingError(
      "preprocessing-image",
      `An RGB image of ${width}×${height} cannot have ${data.length} bytes.`,
    );
  }
}
