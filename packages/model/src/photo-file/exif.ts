/** How a stored picture is to be turned to stand upright: EXIF's tag 0x0112. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATION = 0x0112;
const SHORT = 3;
const LONG = 4;
const ENTRY_BYTES = 12;
const PREFIX = "Exif\0\0";

/**
 * The orientation in a block of EXIF, with or without the prefix that JPEG puts before it. A block that is damaged or has
 * none means 1: as it is stored.
 */
export function orientationOf(exif: Uint8Array): Orientation {
  const prefixed = String.fromCharCode(...exif.subarray(0, PREFIX.length)) === PREFIX;
  const start = prefixed ? PREFIX.length : 0;
  const view = new DataView(exif.buffer, exif.byteOffset + start, exif.byteLength - start);
  try {
    const order = view.getUint16(0);
    const littleEndian = order === 0x4949;
    if (!littleEndian && order !== 0x4d4d) return 1;
    const directory = view.getUint32(4, littleEndian);
    const entries = view.getUint16(directory, littleEndian);
    for (let index = 0; index < entries; index++) {
      const at = directory + 2 + index * ENTRY_BYTES;
      if (view.getUint16(at, littleEndian) !== ORIENTATION) continue;
      const type = view.getUint16(at + 2, littleEndian);
      if (type !== SHORT && type !== LONG) return 1;
      const value =
        type === SHORT ? view.getUint16(at + 8, littleEndian) : view.getUint32(at + 8, littleEndian);
      return value >= 1 && value <= 8 ? (value as Orientation) : 1;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}
