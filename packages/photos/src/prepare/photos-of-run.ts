// From a folder of photos to what the computing thread reads.
import type { ProgressEvent, WarningEvent } from "@fleuron/model";
import type { Resizing, TestTimeAugmentation } from "@fleuron/training";
import { cropStorageFor, storageFor } from "@fleuron/training/data";
import type { LabelledPhoto } from "../batches/index.js";
import type { PixelSource } from "../cache/pixel-reader.js";
import type { ScannedDataset } from "../scan/scan-dataset.js";
import { prepareCrops } from "./prepare-crops.js";
import { prepareDataset } from "./prepare-dataset.js";
import type { PreparedDataset, PreparedPhoto } from "./prepared-dataset.js";

/** What is read of a run's photos to validate with, or of others to evaluate: each epoch reads it again. */
export const prepareValidation = (
  dataset: PreparedDataset,
  photos: readonly PreparedPhoto[],
  options: {
    readonly preprocessing: Resizing;
    readonly threads?: number | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): AsyncGenerator<ProgressEvent | WarningEvent, PixelSource> =>
  prepareCrops(dataset, photos, {
    storage: cropStorageFor(options.preprocessing),
    ...(options.threads !== undefined && { threads: options.threads }),
    ...(options.signal && { signal: options.signal }),
  });

/** What is prepared of a scanned folder, and for whom. */
export interface PrepareScannedOptions {
  readonly preprocessing: Resizing;
  readonly threads?: number | undefined;
  readonly maxImages?: number | undefined;
  /** Whether the photos are to be evaluated alone, and with which views. */
  readonly views?: TestTimeAugmentation | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The photos of a run, or those to measure it on: read, resized and kept. */
export async function* prepareScanned(
  scan: ScannedDataset,
  { preprocessing, signal, threads, maxImages, views }: PrepareScannedOptions,
): AsyncGenerator<ProgressEvent | WarningEvent, PreparedDataset> {
  return yield* prepareDataset(scan, {
    storage: views === undefined ? storageFor(preprocessing) : cropStorageFor(preprocessing, views),
    ...(threads !== undefined && { threads }),
    ...(maxImages !== undefined && { maxPhotos: maxImages }),
    ...(signal && { signal }),
  });
}

/** What batches need to know of a photo. */
export const labelled = (photos: readonly PreparedPhoto[]): readonly LabelledPhoto[] =>
  photos.map(({ path, fileHash, label }) => ({ path, fileHash, label }));
