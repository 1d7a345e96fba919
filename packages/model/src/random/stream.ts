/**
 * Streams of random numbers that are addressed, not shared: what a photo gets depends on the seed, the
 * purpose, the epoch and its index alone, in whatever order they are drawn.
 *
 * Layout of a Philox block: key = the seed's 64 bits (two's complement, lower word first); counter =
 * [block within the stream, index, epoch, purpose]. Different addresses are different counters of one
 * bijection, so streams never overlap; a stream holds 2^34 words.
 */
import { betaVariate } from "./beta.js";
import { randomError } from "./errors.js";
import { philox4x32 } from "./philox.js";
import { RANDOM_PURPOSES, type RandomPurpose } from "./purposes.js";

const WORDS_PER_BLOCK = 4;
const TWO_TO_32 = 2 ** 32;
const TWO_TO_MINUS_24 = 2 ** -24;
const TWO_TO_MINUS_32 = 2 ** -32;
const TWO_TO_MINUS_53 = 2 ** -53;

/** Draws in sequence from one address; make one with {@link randomStream}. */
export class RandomStream {
  readonly #words = new Uint32Array(WORDS_PER_BLOCK);
  readonly #key0: number;
  readonly #key1: number;
  readonly #index: number;
  readonly #epoch: number;
  readonly #purpose: number;
  #block = 0;
  #used = WORDS_PER_BLOCK;
  #spareNormal = Number.NaN;

  constructor(seed: number, purpose: RandomPurpose, epoch: number, index: number) {
    if (!Number.isSafeInteger(seed)) throw randomError(`The seed must be a safe integer but is ${seed}.`);
    requireWord("epoch", epoch);
    requireWord("index", index);
    this.#key0 = seed >>> 0;
    this.#key1 = Math.floor(seed / TWO_TO_32) >>> 0;
    this.#purpose = RANDOM_PURPOSES[purpose];
    this.#epoch = epoch;
    this.#index = index;
  }

  /** 32 random bits as an integer in [0, 2^32). */
  word(): number {
    if (this.#used === WORDS_PER_BLOCK) {
      philox4x32(this.#block++, this.#index, this.#epoch, this.#purpose, this.#key0, this.#key1, this.#words);
      this.#used = 0;
    }
    return this.#words[this.#used++]!;
  }

  /** Uniform in [0, 1), with 53 random bits. */
  uniform(): number {
    const upper = this.word() >>> 5;
    return (upper * 0x4000000 + (this.word() >>> 6)) * TWO_TO_MINUS_53;
  }

  /** Uniform in [low, high). */
  uniformIn(low: number, high: number): number {
    return low + this.uniform() * (high - low);
  }

  /** Uniform in {0, …, count − 1} without bias (by rejection); `count` is an integer in [1, 2^32]. */
  integer(count: number): number {
    if (!Number.isInteger(count) || count < 1 || count > TWO_TO_32) {
      throw randomError(`A random integer needs a count from 1 to 2^32 but got ${count}.`);
    }
    const limit = TWO_TO_32 - (TWO_TO_32 % count);
    for (;;) {
      const word = this.word();
      if (word < limit) return word % count;
    }
  }

  /**
   * Standard normal by Box and Muller (1958), two at a time from two words. 32 bits of radius end the tails
   * at ±6.8.
   */
  normal(): number {
    const spare = this.#spareNormal;
    if (!Number.isNaN(spare)) {
      this.#spareNormal = Number.NaN;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log((this.word() + 0.5) * TWO_TO_MINUS_32));
    const angle = 2 * Math.PI * TWO_TO_MINUS_32 * this.word();
    this.#spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** Beta(a, b) in [0, 1], for any a, b > 0. */
  beta(a: number, b: number): number {
    if (!(a > 0 && b > 0)) throw randomError(`Beta needs a > 0 and b > 0 but got ${a} and ${b}.`);
    return betaVariate(this, a, b);
  }

  /** Fills `out` with uniform numbers, 24 random bits each. Rounding to float32 may give `high` itself. */
  fillUniform(out: Float32Array, low: number, high: number): void {
    const scale = (high - low) * TWO_TO_MINUS_24;
    for (let i = 0; i < out.length; i++) out[i] = low + (this.word() >>> 8) * scale;
  }

  fillNormal(out: Float32Array, mean: number, standardDeviation: number): void {
    for (let i = 0; i < out.length; i++) out[i] = mean + standardDeviation * this.normal();
  }
}

/**
 * The stream at an address. `seed` is any safe integer; `epoch` and `index` are integers in [0, 2^32).
 * @throws FleuronError `random-invalid` when one of them is not.
 */
export function randomStream(
  seed: number,
  purpose: RandomPurpose,
  epoch: number,
  index: number,
): RandomStream {
  return new RandomStream(seed, purpose, epoch, index);
}

function requireWord(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 0 || value >= TWO_TO_32) {
    throw randomError(
      `The ${name} of a random stream must be an integer from 0 to 2^32 − 1 but is ${value}.`,
    );
  }
}
