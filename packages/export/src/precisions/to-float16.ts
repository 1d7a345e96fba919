// IEEE 754 binary16, rounded to nearest even. Node 20 and older browsers have no Float16Array.

/**
 * By sign and exponent of a float32 (its upper 9 bits): the half's bits for a mantissa of 0, and how far the
 * mantissa moves right. Subnormal halves get their leading one back. 65,536 and more become infinite.
 */
const { bases, shifts } = makeTables();

function makeTables() {
  const bases = new Uint16Array(512);
  const shifts = new Uint8Array(512);
  for (let index = 0; index < 512; index++) {
    const sign = (index & 256) << 7;
    const exponent = (index & 255) - 127;
    bases[index] = sign | (exponent > 15 ? 0x7c00 : exponent >= -14 ? (exponent + 15) << 10 : 0);
    shifts[index] = exponent > 15 ? 31 : exponent >= -14 ? 13 : Math.min(-exponent - 1, 31);
  }
  return { bases, shifts };
}

/** The bits of the nearest halves; a carry out of the mantissa moves on to the next exponent, as it should. */
export function toFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < bits.length; i++) {
    const index = bits[i] >>> 23;
    const shift = shifts[index];
    const mantissa = (bits[i] & 0x7fffff) | (shift > 13 ? 0x800000 : 0);
    const kept = mantissa >>> shift;
    const left = mantissa - (kept << shift);
    const half = (1 << shift) >>> 1;
    const up = left > half || (left === half && (kept & 1) === 1) ? 1 : 0;
    halves[i] = bases[index] + (shift === 31 ? 0 : kept + up);
  }
  return halves;
}
