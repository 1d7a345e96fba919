/** Metadata put into photos' files: what their orientation is, and profiles. */
import { pngChunk } from "./png-chunk.js";

export interface ExifForm {
  /** EXIF's orientation, 1 to 8. */
  readonly orientation: number;
  /** How the number is stored. Default "short"; some programs write "long". */
  readonly type?: "short" | "long";
  readonly littleEndian?: boolean;
}

/** A block of EXIF with the orientation alone. */
export function exifBlock({ orientation, type = "short", littleEndian = false }: ExifForm): Buffer {
  const block = Buffer.alloc(26);
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  view.setUint16(0, littleEndian ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, littleEndian);
  view.setUint32(4, 8, littleEndian);
  view.setUint16(8, 1, littleEndian);
  view.setUint16(10, 0x0112, littleEndian);
  view.setUint16(12, type === "short" ? 3 : 4, littleEndian);
  view.setUint32(14, 1, littleEndian);
  if (type === "short") view.setUint16(18, orientation, littleEndian);
  else view.setUint32(18, orientation, littleEndian);
  return block;
}

/** A JPEG, PNG or WebP with EXIF added. */
export function withExif(photo: Buffer, form: ExifForm): Buffer {
  const exif = exifBlock(form);
  if (photo[0] === 0xff) return withJpegSegment(photo, 0xe1, Buffer.concat([Buffer.from("Exif\0\0"), exif]));
  if (photo[0] === 0x89) return withPngChunk(photo, "eXIf", exif);
  return withWebpMetadata(photo, "EXIF", exif);
}

/** A segment right after the beginning of a JPEG. */
export function withJpegSegment(jpeg: Buffer, code: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
}

/** A chunk right after the header of a PNG. */
export function withPngChunk(png: Buffer, type: string, data: Buffer): Buffer {
  const at = 8 + 12 + 13;
  return Buffer.concat([png.subarray(0, at), pngChunk(type, data), png.subarray(at)]);
}

const ANNOUNCED = { ICCP: 0x20, EXIF: 0x08 } as const;
const ALPHA = 0x10;

/** A WebP as an extended file with a chunk of metadata. */
export function withWebpMetadata(webp: Buffer, type: keyof typeof ANNOUNCED, data: Buffer): Buffer {
  const chunks = webpChunks(webp);
  const extended = chunks.find((chunk) => chunk.type === "VP8X")?.data ?? extendedHeader(chunks[0]!);
  const flagged = Buffer.from(extended);
  flagged[0]! |= ANNOUNCED[type];
  const others = chunks.filter((chunk) => chunk.type !== "VP8X");
  const added = { type, data };
  const ordered = type === "ICCP" ? [added, ...others] : [...others, added];
  return webpOf([{ type: "VP8X", data: flagged }, ...ordered]);
}

interface WebpChunk {
  readonly type: string;
  readonly data: Buffer;
}

function webpChunks(webp: Buffer): WebpChunk[] {
  const chunks: WebpChunk[] = [];
  for (let at = 12; at + 8 <= webp.length; ) {
    const length = webp.readUInt32LE(at + 4);
    chunks.push({ type: webp.toString("latin1", at, at + 4), data: webp.subarray(at + 8, at + 8 + length) });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

function webpOf(chunks: readonly WebpChunk[]): Buffer {
  const parts = chunks.map(({ type, data }) => {
    const head = Buffer.alloc(8);
    head.write(type, "latin1");
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
  });
  const body = Buffer.concat([Buffer.from("WEBP"), ...parts]);
  const head = Buffer.alloc(8);
  head.write("RIFF");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

/** The header of an extended file, of the size that its picture has. */
function extendedHeader({ type, data }: WebpChunk): Buffer {
  const sides = data.readUInt32LE(1);
  const [width, height, alpha] =
    type === "VP8L"
      ? [1 + (sides & 0x3fff), 1 + ((sides >>> 14) & 0x3fff), (sides >>> 28) & 1]
      : [data.readUInt16LE(6) & 0x3fff, data.readUInt16LE(8) & 0x3fff, 0];
  const header = Buffer.alloc(10);
  header[0] = alpha ? ALPHA : 0;
  header.writeUIntLE(width - 1, 4, 3);
  header.writeUIntLE(height - 1, 7, 3);
  return header;
}
