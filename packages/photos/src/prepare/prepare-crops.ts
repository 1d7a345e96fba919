/** Brings some photos of a dataset, those to validate with, into the form in which a network is given them. */
import { threadCount } from "@fleuron/files";
import { fixedSize, type PixelStorage, storageName } from "@fleuron/training/data";
import { entryFile, pixelFolder, storageFolder } from "../cache/cache-folder.js";
import type { PhotoRecord } from "../cache/dataset-index.js";
import { findEntries } from "../cache/known-photos.js";
import type { PixelSource } from "../cache/pixel-reader.js";
import { makeRoom } from "../cache/plan-cache.js";
import type { PhotosEvent } from "../events.js";
import { decodeAll } from "./decode-all.js";
import type { PrepareOptions } from "./prepare-dataset.js";
import type { PreparedDataset, PreparedPhoto } from "./prepared-dataset.js";

export interface PrepareCropsOptions extends Omit<PrepareOptions, "storage" | "maxPhotos"> {
  readonly storage: Exclude<PixelStorage, { readonly kind: "shorter-side" }>;
}

/**
 * Returns what the photos are read from. Those that the dataset's own form does not have whole are decoded once more, in
 * worker threads; nothing is done for what an earlier run has prepared, or where the dataset has this form already.
 */
export async function* prepareCrops(
  dataset: Pick<PreparedDataset, "root" | "photos" | "pixels">,
  photos: readonly PreparedPhoto[],
  options: PrepareCropsOptions,
): AsyncGenerator<PhotosEvent, PixelSource> {
  const { storage, signal, cacheLimit: limit } = options;
  const threads = threadCount(options.threads);
  const { root } = dataset;
  const { storage: beside, pixelFolder: besideFolder } = dataset.pixels;
  if (storageName(storage) === storageName(beside)) return dataset.pixels;
  signal?.throwIfAborted();
  const pixels = pixelFolder(options.cacheFolder);
  const records = new Map(photos.map((photo) => [photo.path, recordOf(photo, storage)]));
  const { present, missing } = await findEntries(photos, records, storageFolder(pixels, storage));
  const kept =
    besideFolder === undefined ? [] : entriesOf(dataset.photos, storageFolder(besideFolder, beside));
  const request = {
    pixelFolder: pixels,
    limit,
    storage,
    root,
    present: new Set([...present, ...kept]),
    missing,
  };
  if (!(yield* makeRoom(request))) return { root, storage, pixelFolder: undefined };
  const source = { root, storage, beside, pixelFolder: pixels };
  const task = "preparing validation photos";
  if (missing.length > 0)
    yield* decodeAll(missing, source, { threads, signal, task, found: () => undefined });
  return source;
}

const entriesOf = (photos: readonly PreparedPhoto[], folder: string) =>
  photos.map(({ fileHash }) => entryFile(folder, fileHash));

/** What decoding would find out. */
const recordOf = (
  { path, fileHash, contentHash }: PreparedPhoto,
  storage: PrepareCropsOptions["storage"],
): PhotoRecord => ({
  path,
  stamp: "",
  fileHash,
  outcome: { readable: true, contentHash, ...fixedSize(storage) },
});
