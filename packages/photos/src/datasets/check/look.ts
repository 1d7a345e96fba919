/** What a photo looks like, in little: enough to find it again after another encoding, size or slight crop. */
import { type RgbImage, resample } from "@fleuron/model";

export interface Look {
  /** 128 bits: whether it gets brighter from each of 9×9 places to the next, rightwards and downwards. */
  readonly gradients: readonly [number, number, number, number];
  /** 16×16 RGB. */
  readonly pixels: Uint8Array;
}

const GRID = 9;
const SIDE = 16;

/** Bits of 128 that may differ between two forms of a photo. */
const NEAR_BITS = 14;
/** Mean difference per value, of 255, between two forms of a photo after their brightness is made equal. */
const NEAR_LEVELS = 9;

export function lookOf(image: RgbImage): Look {
  const pixels = Uint8Array.from(resample(image, { width: SIDE, height: SIDE, filter: "triangle" }).data);
  const { data } = resample(image, { width: GRID, height: GRID, filter: "triangle" });
  const brightness = (row: number, column: number) => {
    const at = (row * GRID + column) * 3;
    return 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
  };
  const gradients: [number, number, number, number] = [0, 0, 0, 0];
  for (let place = 0; place < 64; place++) {
    const [row, column] = [place >> 3, place & 7];
    const here = brightness(row, column);
    const bit = 1 << (place & 31);
    if (brightness(row, column + 1) > here) gradients[place >> 5]! |= bit;
    if (brightness(row + 1, column) > here) gradients[2 + (place >> 5)]! |= bit;
  }
  return { gradients, pixels };
}

/** Difference hash (Krawetz 2013) first, for it is quick; then the pixels, for it is mistaken about flat pictures. */
export function looksLike(one: Look, other: Look): boolean {
  let bits = 0;
  for (let word = 0; word < 4; word++) bits += bitsIn(one.gradients[word]! ^ other.gradients[word]!);
  return bits <= NEAR_BITS && difference(one.pixels, other.pixels) <= NEAR_LEVELS;
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
