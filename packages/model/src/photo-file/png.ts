import type { PhotoContents } from "./contents.js";
import { type Orientation, orientationOf } from "./exif.js";

const SIGNATURE_BYTES = 8;
const SIZE_AT = 16;
/** Length, type and checksum. */
const FRAME_BYTES = 12;

/** The chunks without which there is no picture have a capital first; of the others, transparency is part of it. */
const isMetadata = (type: string) => type.charCodeAt(0) >= 0x60 && type !== "tRNS";

export function pngContents(bytes: Uint8Array): PhotoContents {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pixelParts: Uint8Array[] = [];
  const sized = bytes.length >= SIZE_AT + 8;
  let orientation: Orientation | undefined;
  let complete = false;
  let kept = 0;
  let at = SIGNATURE_BYTES;
  while (!complete && at + FRAME_BYTES <= bytes.length) {
    const begin = at;
    at += FRAME_BYTES + view.getUint32(begin);
    if (at > bytes.length) break;
    const type = String.fromCharCode(...bytes.subarray(begin + 4, begin + 8));
    complete = type === "IEND";
    if (!isMetadata(type)) continue;
    if (type === "eXIf") orientation ??= orientationOf(bytes.subarray(begin + 8, at - 4));
    pixelParts.push(bytes.subarray(kept, begin));
    kept = at;
  }
  pixelParts.push(bytes.subarray(kept, complete ? at : bytes.length));
  return {
    width: sized ? view.getUint32(SIZE_AT) : 0,
    height: sized ? view.getUint32(SIZE_AT + 4) : 0,
    orientation: orientation ?? 1,
    cmyk: false,
    complete,
    pixelParts,
  };
}
