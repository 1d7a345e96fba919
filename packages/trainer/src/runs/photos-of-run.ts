// From a folder of photos to what the computing thread reads.
import type { ProgressEvent, WarningEvent } from "@fleuron/model";
import {
  type LabelledPhoto,
  type PixelSource,
  type PreparedDataset,
  type PreparedPhoto,
  prepareCrops,
  prepareDataset,
  type ScannedDataset,
} from "@fleuron/photos";
import type { Resizing, TestTimeAugmentation } from "@fleuron/training";
import { cropStorageFor, storageFor } from "@fleuron/training/data";

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

export interface PrepareScannedOptions {
  readonly preprocessing: Resizing;
  readonly threads?: number | undefined;
  readonly maxImages?: number | undefined;
  /** Whether the photos are to be evaluated alone, and with which views. */
  readonly views?: TestTimeAugmentation | undefined;
  readonly signal?: AbortSignal | undefined;
}

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

export const labelled = (photos: readonly PreparedPhoto[]): readonly LabelledPhoto[] =>
  photos.map(({ path, fileHash, label }) => ({ path, fileHash, label }));
