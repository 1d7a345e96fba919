/**
 * Philox4x32-10, the counter-based random generator of Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3" (SC 2011): a keyed bijection from 128-bit counters to 128 random bits.
 */
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;
const TWO_TO_MINUS_32 = 2 ** -32;

/**
 * Upper 32 bits of `multiplier × word`, given its lower 32 bits. The product in double precision is off by
 * at most 2^11, and so is the difference, so that rounding to the nearest multiple of 2^32 is exact.
 */
function high(multiplier: number, word: number, low: number): number {
  return ((multiplier * (word >>> 0) - (low >>> 0)) * TWO_TO_MINUS_32 + 0.5) | 0;
}

/** Writes the four random words of one counter to `out[0..3]`. Words and keys are 32 bits of either sign. */
export function philox4x32(
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
  out: Uint32Array,
): void {
  let c0 = counter0 | 0;
  let c1 = counter1 | 0;
  let c2 = counter2 | 0;
  let c3 = counter3 | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    const high0 = high(MULTIPLIER_0, c0, low0);
    const high1 = high(MULTIPLIER_1, c2, low1);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}
