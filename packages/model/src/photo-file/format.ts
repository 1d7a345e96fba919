/** Recognises a file by its first bytes, so that no decoder ever sees what is not a photo. */

/** The formats that become the same numbers everywhere. */
export type PhotoFormat = "jpeg" | "png" | "webp";

/** Enough of a file to recognise it: an SVG may begin with a declaration and comments. */
export const FORMAT_BYTES = 256;

const FORMATS: readonly (readonly [format: PhotoFormat, start: RegExp])[] = [
  ["jpeg", /^\xff\xd8\xff/],
  ["png", /^\x89PNG\r\n/],
  ["webp", /^RIFF.{4}WEBP/s],
];

const OTHERS: readonly (readonly [name: string, start: RegExp])[] = [
  ["a GIF", /^GIF8/],
  ["a TIFF", /^(?:II\*\0|MM\0\*)/],
  ["a BMP", /^BM/],
  ["an AVIF", /^.{4}ftyp.*avi[fs]/s],
  ["a HEIC", /^.{4}ftyp(?:he[iv]|mif1|msf1)/s],
  ["a JPEG XL", /^(?:\xff\n|.{4}JXL \r\n)/s],
  ["a JPEG 2000", /^.{4}jP {2}\r\n/s],
  ["an SVG", /^(?:<\?xml.*)?<svg/s],
  ["a PDF", /^%PDF/],
];

/** Whether a file is what Git leaves in place of one that Git LFS has not fetched yet. */
export const isLfsPointer = (bytes: Uint8Array): boolean => /^version https:\/\/git-lfs/.test(startOf(bytes));

export const formatOf = (bytes: Uint8Array): PhotoFormat | undefined => find(FORMATS, bytes);

/** The name of another format of pictures, with its article, as in "a GIF". */
export const otherFormatOf = (bytes: Uint8Array): string | undefined => find(OTHERS, bytes);

function find<Name>(table: readonly (readonly [Name, RegExp])[], bytes: Uint8Array): Name | undefined {
  const start = startOf(bytes);
  return table.find(([, pattern]) => pattern.test(start))?.[0];
}

const startOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, FORMAT_BYTES));
