// IEEE 754 binary16, rounded to nearest even. Node 20 and older browsers have no Float16Array.

const smallestNormal = 0x38800000; // 2⁻¹⁴ as the bits of a float32
const beyondHalves = 0x47800000; // 2¹⁶
/** Difference of the exponents' biases, 127 − 15, where a float32 has its exponent. */
const biasDifference = 112 << 23;
/** x + this − this is x rounded to the nearest integer, and to the even one from the middle, for |x| < 2⁵¹. */
const rounding = 1.5 * 2 ** 52;

/** The bits of the nearest halves; what rounds to 65,536 and more becomes infinite. */
export function toFloat16(values: Float32Array): Uint16Array {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const magnitude = bits[i]! & 0x7fffffff;
    let half: number;
    if (magnitude < smallestNormal) half = Math.abs(values[i]!) * 2 ** 24 + rounding - rounding;
    else if (magnitude >= beyondHalves) half = 0x7c00;
    // A carry out of the mantissa moves on to the next exponent, as it should.
    else half = (magnitude - biasDifference + 0xfff + ((magnitude >>> 13) & 1)) >>> 13;
    halves[i] = half | ((bits[i]! >>> 16) & 0x8000);
  }
  return halves;
}
