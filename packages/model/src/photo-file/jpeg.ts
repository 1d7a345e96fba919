import type { PhotoContents } from "./contents.js";
import { type Orientation, orientationOf } from "./exif.js";

const EOI = 0xd9;
const APP1 = 0xe1;
const ADOBE = 0xee;
const COMMENT = 0xfe;
const EXIF = "Exif\0\0";

/** Markers without a segment, and what looks like one among compressed pixels. */
const standsAlone = (code: number) => code <= 0x01 || (code >= 0xd0 && code <= 0xd8);
const isFrame = (code: number) => code === 0xc0 || (code > 0xc0 && code <= 0xcf && code % 4 !== 0);
/** JFIF's and Adobe's segments say what the stored values are; all others are about them. */
const isMetadata = (code: number) => (code >= APP1 && code <= 0xef && code !== ADOBE) || code === COMMENT;

/** Goes from marker to marker to the end of the picture; what comes after it, such as a video, is not the photo's. */
export function jpegContents(bytes: Uint8Array): PhotoContents {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pixelParts: Uint8Array[] = [];
  let frame = { width: 0, height: 0, cmyk: false };
  let orientation: Orientation | undefined;
  let complete = false;
  let kept = 0;
  let end = bytes.length;
  for (let at = 2; at < bytes.length; ) {
    const marker = bytes.indexOf(0xff, at);
    const code = bytes[marker + 1];
    if (marker < 0 || code === undefined) break;
    if (code === EOI) {
      complete = true;
      end = marker + 2;
      break;
    }
    if (code === 0xff || standsAlone(code)) {
      at = marker + (code === 0xff ? 1 : 2);
      continue;
    }
    if (marker + 4 > bytes.length) break;
    at = marker + 2 + view.getUint16(marker + 2);
    if (at > bytes.length) break;
    const segment = bytes.subarray(marker + 4, at);
    if (isFrame(code) && frame.width === 0 && segment.length >= 6) {
      frame = {
        height: view.getUint16(marker + 5),
        width: view.getUint16(marker + 7),
        cmyk: segment[5] === 4,
      };
    }
    if (!isMetadata(code)) continue;
    if (code === APP1 && isExif(segment)) orientation ??= orientationOf(segment);
    pixelParts.push(bytes.subarray(kept, marker));
    kept = at;
  }
  pixelParts.push(bytes.subarray(kept, end));
  return { ...frame, orientation: orientation ?? 1, complete, pixelParts };
}

const isExif = (segment: Uint8Array) => String.fromCharCode(...segment.subarray(0, EXIF.length)) === EXIF;
