/** Bytes of a number, and the bits of its last byte and of the one before that are its exponent. */
type FloatLayout = readonly [size: number, last: number, beforeLast: number];

/** By `TensorProto.DataType`: float32, float16, float64, bfloat16. */
const layouts: { readonly [type: number]: FloatLayout } = {
  1: [4, 0x7f, 0x80],
  10: [2, 0x7c, 0],
  11: [8, 0x7f, 0xf0],
  16: [2, 0x7f, 0x80],
};

/** Whether a tensor's little-endian bytes hold finite numbers only. NaN and the infinities have all bits of the exponent. */
export function holdsNumbers(type: number, bytes: Uint8Array): boolean {
  const layout = layouts[type];
  if (layout === undefined) return true;
  const [size, last, beforeLast] = layout;
  for (let at = size - 1; at < bytes.length; at += size) {
    if ((bytes[at]! & last) === last && (bytes[at - 1]! & beforeLast) === beforeLast) return false;
  }
  return true;
}
