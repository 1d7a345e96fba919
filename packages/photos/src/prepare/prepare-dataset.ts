/** Makes a scanned dataset ready for training: every photo checked, hashed and its pixels in the cache. */
import { threadCount } from "@fleuron/files";
import type { PixelStorage } from "@fleuron/training/data";
import { indexFile, pixelFolder, storageFolder } from "../cache/cache-folder.js";
import { type PhotoRecord, readIndex, writeIndex } from "../cache/dataset-index.js";
import { dropStaleRecords, findEntries } from "../cache/known-photos.js";
import { makeRoom } from "../cache/plan-cache.js";
import { FILES_AT_ONCE, mapConcurrently } from "../concurrency/map-concurrently.js";
import { type PhotosEvent, progressOfPhotos } from "../events.js";
import { choosePhotos } from "../scan/choose-photos.js";
import { readPhotoFile, unreadableOutcome } from "../scan/photo-file.js";
import type { ScannedDataset, ScannedPhoto } from "../scan/scan-dataset.js";
import { decodeAll } from "./decode-all.js";
import { assemble, type PreparedDataset } from "./prepared-dataset.js";

export interface PrepareOptions {
  /** The form in which pixels are kept, as the recipe wants it. */
  readonly storage: PixelStorage;
  /** The house's cache folder. Default: the environment variable FLEURON_CACHE, else the user's cache folder. */
  readonly cacheFolder?: string;
  /** Bytes that the pixels of all datasets may take. Default: 20 GB, or a fifth of the free disk if less. */
  readonly cacheLimit?: number;
  /**
   * Decoding workers, at most, and by default, one for each core. More than 4 need UV_THREADPOOL_SIZE to be as
   * large in the environment in which the process starts.
   */
  readonly threads?: number;
  /** Keep a class-balanced subset of at most so many photos. Default: all. */
  readonly maxPhotos?: number;
  readonly signal?: AbortSignal;
}

const SAVE_INDEX_EVERY = 2000;

/**
 * Decodes, in worker threads, the photos that no earlier run has decoded, and reports progress; a second
 * run over unchanged photos only looks at their files' sizes and times. It returns the dataset; if the
 * consumer stops early, or is killed, what was decoded stays decoded.
 *
 * Photos that cannot be read are skipped and listed. If the pixels do not fit into the cache they are
 * decoded at each reading instead, and a warning says so.
 *
 * @throws FleuronError `too-many-unreadable-photos` (over a fifth), `class-empty` (none of a class can be
 * read), `photos-too-few` (none of val/ or test/), `max-photos-too-small`; `signal.reason` on abort.
 */
export async function* prepareDataset(
  scan: ScannedDataset,
  options: PrepareOptions,
): AsyncGenerator<PhotosEvent, PreparedDataset> {
  const { storage, signal } = options;
  const threads = threadCount(options.threads);
  const { root } = scan;
  signal?.throwIfAborted();
  const pixels = pixelFolder(options.cacheFolder);
  const folder = storageFolder(pixels, storage);
  const index = indexFile(folder, root);
  const records = await readIndex(index, root);
  await dropStaleRecords(records, scan);

  const photos =
    options.maxPhotos === undefined
      ? scan.photos
      : yield* chooseSome(scan, records, options.maxPhotos, signal);
  const { present, missing } = await findEntries(photos, records, folder);
  signal?.throwIfAborted();
  const request = { pixelFolder: pixels, limit: options.cacheLimit, storage, root, present, missing };
  const fits = yield* makeRoom(request);
  const source = { root, storage, pixelFolder: fits ? pixels : undefined };

  const undecoded = fits ? missing : missing.filter((path) => records.get(path)?.outcome === undefined);
  const save = () => writeIndex(index, root, records.values()).catch(() => undefined);
  let unsaved = 0;
  const found = async (record: PhotoRecord) => {
    records.set(record.path, record);
    if (++unsaved % SAVE_INDEX_EVERY === 0) await save();
  };
  if (undecoded.length > 0) {
    try {
      yield* decodeAll(undecoded, source, { threads, signal, task: "decoding photos", found });
    } finally {
      await save();
    }
  }
  return yield* assemble(scan, photos, records, source);
}

/** Hashes the files that are not known yet, without decoding them, and chooses by the hashes. */
async function* chooseSome(
  { root, photos }: ScannedDataset,
  records: Map<string, PhotoRecord>,
  maxPhotos: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<PhotosEvent, readonly ScannedPhoto[]> {
  const unknown = photos.filter((photo) => !records.has(photo.path));
  const hash = async ({ path }: ScannedPhoto): Promise<PhotoRecord> => {
    try {
      const { stamp, fileHash } = await readPhotoFile(root, path);
      return { path, stamp, fileHash };
    } catch (error) {
      return { path, stamp: "", fileHash: "", outcome: unreadableOutcome(error, path) };
    }
  };
  let completed = 0;
  for await (const record of mapConcurrently(unknown, FILES_AT_ONCE, hash)) {
    signal?.throwIfAborted();
    records.set(record.path, record);
    yield progressOfPhotos("reading photos", ++completed, unknown.length);
  }
  const withHashes = photos.map((photo) => ({ ...photo, fileHash: records.get(photo.path)?.fileHash ?? "" }));
  return choosePhotos(withHashes, maxPhotos);
}
