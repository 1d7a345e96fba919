// In which compute precision convolutions and dense layers multiply.

/** Instructions that multiply bfloat16, as Linux names them. */
const BFLOAT16_FLAGS = ["amx_bf16", "avx512_bf16"];

/** The flag that says that a processor multiplies bfloat16; undefined where it does not. */
export const bfloat16Flag = (flags: readonly string[]): string | undefined =>
  BFLOAT16_FLAGS.find((flag) => flags.includes(flag));
