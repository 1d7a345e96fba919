// In which compute precision convolutions and dense layers multiply.
import type { Surroundings } from "@fleuron/training";

/** Instructions that multiply bfloat16, as Linux names them. */
const BFLOAT16_FLAGS = ["amx_bf16", "avx512_bf16"];

/** The flag that says that a processor multiplies bfloat16; undefined where it does not. */
export const bfloat16Flag = (flags: readonly string[]): string | undefined =>
  BFLOAT16_FLAGS.find((flag) => flags.includes(flag));

/**
 * Whether it multiplies bfloat16 faster than float32. With AVX-512 alone AMD's do, and Intel's took half as long again, with
 * every library (docs/performance.md); Intel's that are faster have tiles.
 */
export function fasterInBfloat16({ model, flags }: Surroundings["processor"]): boolean {
  const flag = bfloat16Flag(flags);
  return flag === "amx_bf16" || (flag !== undefined && !/\bintel\b/i.test(model));
}
