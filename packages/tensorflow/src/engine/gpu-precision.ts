// In which numbers a GPU multiplies.
import type { Precision } from "@fleuron/training";

/** GPUs from this compute capability on multiply bfloat16 and TF32 in hardware. */
const AMPERE = 8;

/** @param capability undefined without a GPU. */
export const multipliesBfloat16 = (capability: number | undefined): boolean => (capability ?? 0) >= AMPERE;

/** TensorFlow multiplies float32 as TF32, with 10 bits of mantissa, where the GPU can and nobody forbids it. */
export function shownPrecision(precision: Precision, capability: number | undefined): string {
  const tf32 = (capability ?? 0) >= AMPERE && process.env.NVIDIA_TF32_OVERRIDE !== "0";
  return tf32 ? `${precision} (TF32)` : precision;
}
