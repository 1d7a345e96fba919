import { randomStream } from "../random/index.js";
import { fillInput } from "./fill-input.js";
import { createImage } from "./image.js";
import { inputLength, inputSides } from "./input-sides.js";
import type { PreprocessingSpecification } from "./specification.js";

/** Tiles in a row and in a column. */
const TILES = 8;

/** The network's input, [3, height, width], for a picture of 8 × 8 tiles whose colours are drawn from the seed. */
export function mosaicInput(seed: number, specification: PreprocessingSpecification): Float32Array {
  const { height, width } = inputSides(specification);
  const stream = randomStream(seed, "mosaic", 0, 0);
  const levels = Uint8Array.from({ length: TILES * TILES * 3 }, () => stream.integer(256));
  const image = createImage(width, height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * TILES) / height) * TILES;
    for (let x = 0; x < width; x++) {
      const tile = (row + Math.floor((x * TILES) / width)) * 3;
      const pixel = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) image.data[pixel + channel] = levels[tile + channel]!;
    }
  }
  const input = new Float32Array(inputLength(specification));
  fillInput(image, specification, input, 0);
  return input;
}
