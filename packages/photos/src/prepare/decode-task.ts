/** What the main thread asks of a decoding worker, and what it answers. */
import type { PhotoRecord } from "../cache/dataset-index.js";
import type { PixelSource } from "../cache/pixel-reader.js";

export interface DecodeTask {
  readonly source: PixelSource;
  /** The photo's path, relative to the root. */
  readonly path: string;
  /** The pixels that all workers together may hold. */
  readonly budget: SharedArrayBuffer;
}

export interface DecodeAnswer {
  readonly record: PhotoRecord;
  /** Why the pixels could not be written to the cache. */
  readonly cacheError?: string;
}
