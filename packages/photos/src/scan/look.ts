/** What a photo looks like, in little: enough to find it again after another encoding, size or slight crop. */
import { type RgbImage, resample } from "@fleuron/model";
import { shrink } from "./shrink.js";

export interface Look {
  /** 128 bits: whether it gets brighter from each of 9×9 places to the next, rightwards and downwards. */
  readonly gradients: Gradients;
  /** 16×16 RGB. */
  readonly pixels: Uint8Array;
}

export type Gradients = readonly [number, number, number, number];

const GRID = 9;
const SIDE = 16;

/** Bits of 128 that may differ between two forms of a photo. */
const NEAR_BITS = 14;
/** Mean difference per value, of 255, between two forms of a photo after their brightness is made equal. */
const NEAR_LEVELS = 9;

/** Pixels of the shorter side that are enough for a look: all of a larger photo's would take three times as long. */
const LOOK_SIDE = 144;

export function lookOf(image: RgbImage): Look {
  const small = shrink(image, Math.max(1, Math.floor(Math.min(image.width, image.height) / LOOK_SIDE)));
  const pixels = Uint8Array.from(resample(small, { width: SIDE, height: SIDE, filter: "triangle" }).data);
  return { gradients: gradientsOf(small), pixels };
}

function gradientsOf(image: RgbImage): Gradients {
  const { data } = resample(image, { width: GRID, height: GRID, filter: "triangle" });
  return gradientsOfBrightness((place) => brightnessAt(data, place * 3));
}

const brightnessAt = (data: ArrayLike<number>, at: number): number =>
  0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;

/** @param brightness of a place of the grid, row by row. */
function gradientsOfBrightness(brightness: (place: number) => number): Gradients {
  const gradients: [number, number, number, number] = [0, 0, 0, 0];
  for (let cell = 0; cell < 64; cell++) {
    const place = (cell >> 3) * GRID + (cell & 7);
    const here = brightness(place);
    const bit = 1 << (cell & 31);
    if (brightness(place + 1) > here) gradients[cell >> 5]! |= bit;
    if (brightness(place + GRID) > here) gradients[2 + (cell >> 5)]! |= bit;
  }
  return gradients;
}

/** Pixels of the shorter side that are enough for a fingerprint. */
const FINGERPRINT_SIDE = 72;

/**
 * A photo's gradients, roughly: of a few of its pixels, in hexadecimal. It finds candidates for being nearly the same.
 */
export function fingerprintOf({ width, height, data }: RgbImage): string {
  const step = Math.max(1, Math.floor(Math.min(width, height) / FINGERPRINT_SIDE));
  const sums = new Float64Array(GRID * GRID);
  const counts = new Float64Array(GRID * GRID);
  for (let row = 0; row < height; row += step) {
    const cells = Math.floor((row * GRID) / height) * GRID;
    for (let column = 0; column < width; column += step) {
      const cell = cells + Math.floor((column * GRID) / width);
      sums[cell]! += brightnessAt(data, (row * width + column) * 3);
      counts[cell]! += 1;
    }
  }
  return gradientsOfBrightness((place) => sums[place]! / Math.max(1, counts[place]!))
    .map((word) => (word >>> 0).toString(16).padStart(8, "0"))
    .join("");
}

export const gradientsIn = (fingerprint: string): Gradients => {
  const word = (at: number) => Number.parseInt(fingerprint.slice(8 * at, 8 * at + 8), 16) | 0;
  return [word(0), word(1), word(2), word(3)];
};

/** Bits of 128 that fingerprints of two forms of a photo may differ in: 5 at most in 160 pairs that were scaled, cut, brightened. */
const CANDIDATE_BITS = 12;

export const mayLookLike = (one: Gradients, other: Gradients): boolean =>
  differingBits(one, other) <= CANDIDATE_BITS;

function differingBits(one: Gradients, other: Gradients): number {
  let bits = 0;
  for (let word = 0; word < 4; word++) bits += bitsIn(one[word]! ^ other[word]!);
  return bits;
}

/** Difference hash (Krawetz 2013) first, for it is quick; then the pixels, for it is mistaken about flat pictures. */
export function looksLike(one: Look, other: Look): boolean {
  return (
    differingBits(one.gradients, other.gradients) <= NEAR_BITS &&
    difference(one.pixels, other.pixels) <= NEAR_LEVELS
  );
}

function difference(one: Uint8Array, other: Uint8Array): number {
  const mean = (pixels: Uint8Array) => pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  const brighter = mean(one) - mean(other);
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += Math.abs(one[at]! - other[at]! - brighter);
  return sum / one.length;
}

/** Ones in a 32-bit word (Hacker's Delight, 5-2). */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
