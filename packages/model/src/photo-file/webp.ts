import type { PhotoContents } from "./contents.js";
import { type Orientation, orientationOf } from "./exif.js";

const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const METADATA: ReadonlySet<string> = new Set(["ICCP", "EXIF", "XMP "]);
/** The bits of an extended file's flags that announce {@link METADATA}. */
const ANNOUNCED = 0x20 | 0x08 | 0x04;

export function webpContents(bytes: Uint8Array): PhotoContents {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = copyOf(bytes.subarray(0, HEADER_BYTES));
  const pixelParts: Uint8Array[] = [header];
  const end = CHUNK_HEADER_BYTES + view.getUint32(4, true);
  let size: { readonly width: number; readonly height: number } | undefined;
  let orientation: Orientation | undefined;
  for (let at = HEADER_BYTES; at + CHUNK_HEADER_BYTES <= Math.min(end, bytes.length); ) {
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    const begin = at + CHUNK_HEADER_BYTES;
    const length = view.getUint32(at + 4, true);
    const next = begin + length + (length % 2);
    const data = bytes.subarray(begin, begin + length);
    if (type === "EXIF") orientation ??= orientationOf(data);
    size ??= sizeIn(type, data);
    if (type === "VP8X") {
      const extended = copyOf(bytes.subarray(at, next));
      extended[CHUNK_HEADER_BYTES]! &= ~ANNOUNCED;
      pixelParts.push(extended);
    } else if (!METADATA.has(type)) {
      pixelParts.push(bytes.subarray(at, next));
    }
    at = next;
  }
  const kept = pixelParts.reduce((sum, part) => sum + part.length, 0);
  new DataView(header.buffer).setUint32(4, kept - CHUNK_HEADER_BYTES, true);
  const complete = end <= bytes.length;
  return {
    ...(size ?? { width: 0, height: 0 }),
    orientation: orientation ?? 1,
    cmyk: false,
    complete,
    pixelParts,
  };
}

/** Not `slice`, which gives a view where the bytes are one of Node's buffers. */
const copyOf = (bytes: Uint8Array) => new Uint8Array(bytes);

/** The size that a chunk gives: the canvas of an extended file, or a picture's own. */
function sizeIn(type: string, data: Uint8Array) {
  if (data.length < 10) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const sideOf24Bits = (at: number) => 1 + view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  switch (type) {
    case "VP8X":
      return { width: sideOf24Bits(4), height: sideOf24Bits(7) };
    case "VP8 ":
      return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
    case "VP8L": {
      const sides = view.getUint32(1, true);
      return { width: 1 + (sides & 0x3fff), height: 1 + ((sides >>> 14) & 0x3fff) };
    }
    default:
      return undefined;
  }
}
