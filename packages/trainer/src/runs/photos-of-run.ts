// From a folder of photos to what the computing thread reads.

import type { ProgressEvent, WarningEvent } from "@fleuron/model";
import {
  type LabelledPhoto,
  type PixelStorage,
  type PreparedDataset,
  type PreparedPhoto,
  prepareDataset,
  type ScannedDataset,
  type Split,
  scanDataset,
} from "@fleuron/photos";
import type { Resizing } from "@fleuron/training";

/** How pixels are kept: the exact squashed result, or enough of the photo to crop from. */
export const storageFor = ({ size, resize }: Resizing): PixelStorage =>
  resize.fit === "squash"
    ? { kind: "squash", size, filter: resize.filter }
    : { kind: "shorter-side", pixels: 2 * size, filter: resize.filter };

export async function* preparePhotos(
  data: string,
  options: {
    readonly preprocessing: Resizing;
    readonly threads?: number | undefined;
    readonly maxImages?: number | undefined;
    /** Only the photos that it names, with its classes; others may have come since. */
    readonly split?: Split | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): AsyncGenerator<ProgressEvent | WarningEvent, PreparedDataset> {
  const { signal, threads, maxImages, split } = options;
  const scan = await scanDataset(data, signal ? { signal } : {});
  return yield* prepareDataset(split ? namedIn(split, scan) : scan, {
    storage: storageFor(options.preprocessing),
    ...(threads !== undefined && { threads }),
    ...(maxImages !== undefined && { maxPhotos: maxImages }),
    ...(signal && { signal }),
  });
}

function namedIn(split: Split, scan: ScannedDataset): ScannedDataset {
  const paths = new Set([...split.train, ...split.val, ...split.test].map(({ path }) => path));
  const photos = scan.photos
    .filter(({ path }) => paths.has(path))
    .map((photo) => ({ ...photo, label: split.labels.indexOf(scan.labels[photo.label]) }));
  return { ...scan, labels: split.labels, photos };
}

export const labelled = (photos: readonly PreparedPhoto[]): readonly LabelledPhoto[] =>
  photos.map(({ path, fileHash, label }) => ({ path, fileHash, label }));
