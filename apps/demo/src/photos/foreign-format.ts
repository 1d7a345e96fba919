// Pictures that cameras and scanners write and that most browsers do not read.

const FORMATS: readonly (readonly [name: string, at: number, magic: string])[] = [
  ["HEIC", 4, "ftyphei"],
  ["HEIC", 4, "ftyphev"],
  ["HEIC", 4, "ftypmif1"],
  ["TIFF", 0, "II*\0"],
  ["TIFF", 0, "MM\0*"],
  ["JPEG XL", 0, "\xff\x0a"],
  ["JPEG XL", 4, "JXL \r\n"],
  ["JPEG 2000", 4, "jP  \r\n"],
];

/** The format by a picture's first bytes; undefined for one that browsers read, and for what is no picture. */
export async function foreignFormat(photo: Blob): Promise<string | undefined> {
  const bytes = new Uint8Array(await photo.slice(0, 16).arrayBuffer());
  const start = String.fromCharCode(...bytes);
  return FORMATS.find(([, at, magic]) => start.startsWith(magic, at))?.[0];
}
