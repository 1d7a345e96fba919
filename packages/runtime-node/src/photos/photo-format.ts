/** Recognises a picture's format by its first bytes, so that no decoder ever sees what is no photo. */

/** The formats that {@link decodePhoto} reads. */
export type PhotoFormat = "jpeg" | "png" | "webp";

type DetectedFormat =
  | { readonly supported: true; readonly format: PhotoFormat }
  | { readonly supported: false; readonly name: string }
  | undefined;

const SUPPORTED: readonly (readonly [format: PhotoFormat, offset: number, magic: string])[] = [
  ["jpeg", 0, "\xff\xd8\xff"],
  ["png", 0, "\x89PNG\r\n\x1a\n"],
  ["webp", 8, "WEBP"],
];

const OTHERS: readonly (readonly [name: string, offset: number, magic: string])[] = [
  ["GIF", 0, "GIF8"],
  ["TIFF", 0, "II*\0"],
  ["TIFF", 0, "MM\0*"],
  ["BMP", 0, "BM"],
  ["AVIF", 4, "ftypavif"],
  ["HEIC", 4, "ftyphei"],
  ["HEIC", 4, "ftypmif1"],
  ["JPEG XL", 0, "\xff\x0a"],
  ["JPEG XL", 4, "JXL \r\n"],
  ["JPEG 2000", 4, "jP  \r\n"],
  ["SVG", 0, "<svg"],
  ["PDF", 0, "%PDF"],
];

/** `undefined`: the bytes are no picture that we know. */
export function detectFormat(bytes: Uint8Array): DetectedFormat {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  for (const [format, offset, magic] of SUPPORTED) {
    if (start.startsWith(magic, offset)) return { supported: true, format };
  }
  for (const [name, offset, magic] of OTHERS) {
    if (start.startsWith(magic, offset)) return { supported: false, name };
  }
  return undefined;
}
