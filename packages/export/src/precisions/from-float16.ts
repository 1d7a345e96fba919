// IEEE 754 binary16, which Node 20 has no array of.

/** The numbers that halves stand for, by their bits. */
export const fromFloat16 = (halves: Uint16Array): Float32Array => Float32Array.from(halves, numberOf);

function numberOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
