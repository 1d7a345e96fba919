// From a folder of photos to what the computing thread reads.
import type { ProgressEvent, WarningEvent } from "@fleuron/model";
import {
  type LabelledPhoto,
  type PixelSource,
  type PixelStorage,
  type PrepareCropsOptions,
  type PreparedDataset,
  type PreparedPhoto,
  prepareCrops,
  prepareDataset,
  type ScannedDataset,
} from "@fleuron/photos";
import { cropSetOf, type Resizing, type TestTimeAugmentation } from "@fleuron/training";

/** How photos to learn from are kept: the exact squashed result, or enough of the photo to crop from. */
const storageFor = ({ size, resize }: Resizing): PixelStorage =>
  resize.fit === "squash"
    ? { kind: "squash", size, filter: resize.filter }
    : { kind: "shorter-side", pixels: 2 * size, filter: resize.filter };

/** How photos to evaluate are kept: as preprocessing makes them for these views, from the whole photo. */
function cropStorageFor(
  preprocessing: Resizing,
  views: TestTimeAugmentation = "none",
): PrepareCropsOptions["storage"] {
  const { size, resize } = preprocessing;
  const { filter } = resize;
  return resize.fit === "squash"
    ? { kind: "squash", size, filter }
    : { kind: "crops", size, filter, resizeTo: resize.resizeTo, set: cropSetOf(views) };
}

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
