// From a folder of photos to what the computing thread reads.
import type { Resizing } from "../../augmentation/crop-box.js";
import type { ProgressEvent, WarningEvent } from "../../events.js";
import type { LabelledPhoto } from "../batches/messages.js";
import {
  type PixelStorage,
  type PreparedDataset,
  type PreparedPhoto,
  prepareDataset,
  type ScannedDataset,
} from "../photos/index.js";

/** How pixels are kept: the exact squashed result, or enough of the photo to crop from. */
export const storageFor = ({ size, resize }: Resizing): PixelStorage =>
  resize.fit === "squash"
    ? { kind: "squash", size, filter: resize.filter }
    : { kind: "shorter-side", pixels: 2 * size, filter: resize.filter };

export interface PreparePhotosOptions {
  readonly preprocessing: Resizing;
  readonly threads?: number | undefined;
  readonly maxImages?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export async function* prepareScanned(
  scan: ScannedDataset,
  { preprocessing, threads, maxImages, signal }: PreparePhotosOptions,
): AsyncGenerator<ProgressEvent | WarningEvent, PreparedDataset> {
  return yield* prepareDataset(scan, {
    storage: storageFor(preprocessing),
    ...(threads !== undefined && { threads }),
    ...(maxImages !== undefined && { maxPhotos: maxImages }),
    ...(signal && { signal }),
  });
}

export const labelled = (photos: readonly PreparedPhoto[]): readonly LabelledPhoto[] =>
  photos.map(({ path, fileHash, label }) => ({ path, fileHash, label }));
