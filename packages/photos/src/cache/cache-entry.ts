/**
 * One photo's stored pixels as a file that describes and checks itself. 64 bytes, numbers little-endian:
 *
 *     0  "FLPX"             16  SHA-256 of the decoded photo (32 bytes)
 *     4  entry version      48  CRC-32 of bytes 0 to 47 and of the pixels
 *     8  width              52  zeros
 *    12  height             64  width · height · 3 bytes of RGB
 */
import { crc32 } from "node:zlib";
import type { RgbImage } from "@fleuron/model";

export interface CacheEntry {
  readonly image: RgbImage;
  /** SHA-256 of the photo as it was decoded, before it was brought into this form. */
  readonly contentHash: string;
}

const ENTRY_VERSION = 1;
const HEADER_BYTES = 64;
const CHECKED_HEADER_BYTES = 48;

/** Bytes of the file for pixels of this size. */
export function entryBytes(size: { readonly width: number; readonly height: number }): number {
  return HEADER_BYTES + size.width * size.height * 3;
}

/** The file's two parts: its header and its pixels. */
export function encodeEntry({ image, contentHash }: CacheEntry): readonly [Uint8Array, Uint8Array] {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write("FLPX", 0, "latin1");
  header.writeUInt32LE(ENTRY_VERSION, 4);
  header.writeUInt32LE(image.width, 8);
  header.writeUInt32LE(image.height, 12);
  header.write(contentHash, 16, "hex");
  const pixels = new Uint8Array(image.data.buffer, image.data.byteOffset, image.data.byteLength);
  header.writeUInt32LE(checksum(header, pixels), 48);
  return [header, pixels];
}

/** `undefined` when the bytes are cut, changed or of another version. The pixels are a view of `bytes`. */
export function decodeEntry(bytes: Buffer): CacheEntry | undefined {
  if (bytes.length < HEADER_BYTES || bytes.toString("latin1", 0, 4) !== "FLPX") return undefined;
  if (bytes.readUInt32LE(4) !== ENTRY_VERSION) return undefined;
  const [width, height] = [bytes.readUInt32LE(8), bytes.readUInt32LE(12)];
  if (bytes.length !== entryBytes({ width, height })) return undefined;
  const data = new Uint8Array(bytes.buffer, bytes.byteOffset + HEADER_BYTES, bytes.length - HEADER_BYTES);
  if (checksum(bytes, data) !== bytes.readUInt32LE(48)) return undefined;
  return { image: { data, width, height }, contentHash: bytes.toString("hex", 16, 48) };
}

function checksum(header: Uint8Array, pixels: Uint8Array): number {
  return crc32(pixels, crc32(header.subarray(0, CHECKED_HEADER_BYTES)));
}
