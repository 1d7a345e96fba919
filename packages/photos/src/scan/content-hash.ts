/** Hashes that tell photos and datasets apart: SHA-256, in hexadecimal. */
import { createHash } from "node:crypto";
import type { RgbImage } from "@fleuron/model";
import { datasetText } from "@fleuron/training/data";

/** The hash of a photo's file as it is. */
export function fileHashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The hash of a decoded photo: its width and height as 32-bit little-endian numbers, then its RGB bytes. */
export function contentHashOf(image: RgbImage): string {
  const size = new DataView(new ArrayBuffer(8));
  size.setUint32(0, image.width, true);
  size.setUint32(4, image.height, true);
  return createHash("sha256").update(size).update(image.data).digest("hex");
}

/** The hash of a whole dataset, of its `datasetText`. */
export function datasetHashOf(
  photos: readonly { readonly label: number; readonly contentHash: string }[],
  labels: readonly string[],
): string {
  return createHash("sha256").update(datasetText(photos, labels)).digest("hex");
}
