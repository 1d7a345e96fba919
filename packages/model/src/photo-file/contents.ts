import type { Orientation } from "./exif.js";

/** What a photo's file says without decoding a pixel. */
export interface PhotoContents {
  /** Pixels as they are stored, before they are turned. */
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  /** Whether the stored values are cyan, magenta, yellow and black. */
  readonly cmyk: boolean;
  /** Whether the file has its end. */
  readonly complete: boolean;
  /** The file without its metadata, in parts: the same stored values, and nothing by which a decoder changes them. */
  readonly pixelParts: readonly Uint8Array[];
}
