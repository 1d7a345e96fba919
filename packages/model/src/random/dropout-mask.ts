import { randomError } from "./errors.js";
import type { RandomStream } from "./stream.js";

const HALF_WORD = 0x10000;

/**
 * Fills `out` with 1 ÷ keepRate where a unit is kept and 0 where it is dropped. Each element takes 16 random
 * bits, so the share that is kept is `keepRate` rounded to a multiple of 1/65,536.
 * @throws FleuronError `random-invalid` unless 0 < keepRate ≤ 1.
 */
export function fillDropoutMask(stream: RandomStream, out: Float32Array, keepRate: number): void {
  if (!(keepRate > 0 && keepRate <= 1)) {
    throw randomError(`The keep rate must be above 0 and at most 1 but is ${keepRate}.`);
  }
  const threshold = Math.round(keepRate * HALF_WORD);
  const kept = 1 / keepRate;
  const even = out.length & ~1;
  // (x − threshold) >>> 31 is 1 when x < threshold: a branch here would be mispredicted half of the time.
  for (let i = 0; i < even; i += 2) {
    const word = stream.word();
    out[i] = (((word & 0xffff) - threshold) >>> 31) * kept;
    out[i + 1] = (((word >>> 16) - threshold) >>> 31) * kept;
  }
  if (even < out.length) out[even] = (((stream.word() & 0xffff) - threshold) >>> 31) * kept;
}
