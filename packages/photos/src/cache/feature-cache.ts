/** Keeps what a network makes of photos between runs: for each photo a file of a CRC-32 and float32 numbers, little-endian. */
import { crc32 } from "node:zlib";
import { writeAtomically } from "@fleuron/files";
import { entryFile, featureFolder } from "./cache-folder.js";
import { readCached } from "./read-cached.js";

const HEADER_BYTES = 4;

export class FeatureCache {
  readonly #folder: string | undefined;

  /**
   * @param pixelFolder where pixels are kept; undefined: nothing is.
   * @param key all that the numbers depend on, besides the photo and its decoder.
   */
  constructor(pixelFolder: string | undefined, key: string) {
    this.#folder = pixelFolder && featureFolder(pixelFolder, key);
  }

  /** So many numbers of the photo with this hash; undefined where they are not kept, or damaged. */
  async read(fileHash: string, length: number): Promise<Float32Array | undefined> {
    if (this.#folder === undefined) return undefined;
    return readCached(entryFile(this.#folder, fileHash, "f32"), (file) => {
      const numbers = file.subarray(HEADER_BYTES);
      if (numbers.length !== length * 4 || file.readUInt32LE(0) !== crc32(numbers)) return undefined;
      return new Float32Array(Uint8Array.from(numbers).buffer);
    });
  }

  /** A cache that cannot be written keeps nothing. */
  async write(fileHash: string, numbers: Float32Array): Promise<void> {
    if (this.#folder === undefined) return;
    const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt32LE(crc32(bytes), 0);
    const file = entryFile(this.#folder, fileHash, "f32");
    await writeAtomically(file, [header, bytes]).catch(() => undefined);
  }
}
