/** Reads photos' stored pixels: from the cache, or from the photo itself where the cache cannot give them. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@fleuron/files";
import type { FleuronError, RgbImage } from "@fleuron/model";
import { isWholePhoto, type PixelStorage, toStoredForm } from "@fleuron/training/data";
import { photosError } from "../errors.js";
import { contentHashOf, fileHashOf } from "../scan/content-hash.js";
import { type CacheEntry, decodeEntry, encodeEntry } from "./cache-entry.js";
import { entryFile, storageFolder } from "./cache-folder.js";
import { readCached } from "./read-cached.js";

/** Where pixels come from: plain data, so that it can be sent to workers. */
export interface PixelSource {
  /** The dataset's folder. */
  readonly root: string;
  readonly storage: PixelStorage;
  /** The folder of stored pixels; `undefined`: decode the photo each time. */
  readonly pixelFolder: string | undefined;
  /** Another stored form of the same photos: small photos are whole in it, and need not be decoded again. */
  readonly beside?: PixelStorage;
}

/** Enough of a prepared photo to read it. */
export interface PhotoReference {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  /** SHA-256 of the photo's file. */
  readonly fileHash: string;
}

/** `cacheError` says why the entry could not be stored. */
export interface DecodedEntry extends CacheEntry {
  readonly cacheError?: unknown;
}

/** Holds no state but its source: make one in each worker, or share one among calls. */
export class PixelReader {
  readonly #source: PixelSource;
  readonly #budget: SharedArrayBuffer | undefined;
  readonly #folder: string | undefined;
  readonly #besideFolder: string | undefined;

  /** @param budget what threads that read share. Default: that of this thread. */
  constructor(source: PixelSource, budget?: SharedArrayBuffer) {
    this.#source = source;
    this.#budget = budget;
    const { pixelFolder, storage, beside } = source;
    const folderOf = (form: PixelStorage | undefined) =>
      pixelFolder && form && storageFolder(pixelFolder, form);
    this.#folder = folderOf(storage);
    this.#besideFolder = folderOf(beside);
  }

  /**
   * The photo's pixels in the stored form. A missing or damaged cache entry is decoded from the photo and
   * written again.
   *
   * @throws FleuronError `photo-changed` if the photo must be decoded and is not what it was, and the codes
   * of `decodePhoto`.
   */
  async read(photo: PhotoReference): Promise<RgbImage> {
    const stored = await this.readStored(photo);
    if (stored !== undefined) return stored.image;
    const bytes = await this.#photoBytes(photo);
    const { image } = await this.decode(bytes, photo);
    return image;
  }

  /** The cache's entry, checked, or one that is made of the form beside it; `undefined` where the photo must be decoded. */
  async readStored(photo: PhotoReference): Promise<DecodedEntry | undefined> {
    const own = await readEntry(this.#folder, photo.fileHash);
    if (own !== undefined) return own;
    const { beside } = this.#source;
    const other = await readEntry(this.#besideFolder, photo.fileHash);
    if (beside === undefined || other === undefined || !isWholePhoto(beside, other.image)) return undefined;
    return this.#store(this.#toEntry(other), photo);
  }

  /** Decodes the bytes of a photo's file and stores the result. */
  async decode(bytes: Uint8Array, photo: PhotoReference): Promise<DecodedEntry> {
    // A tenth of a second in each thread, which pixels of the cache can do without.
    const { PixelBudget, usePhoto } = await import("@fleuron/runtime-node/photos");
    const budget = this.#budget && new PixelBudget(this.#budget);
    const entry = await usePhoto(bytes, { subject: photo.path, budget }, (image) =>
      this.#toEntry({ image, contentHash: contentHashOf(image) }),
    );
    return this.#store(entry, photo);
  }

  /** @param whole the photo as it was decoded. */
  #toEntry(whole: CacheEntry): CacheEntry {
    return { ...whole, image: toStoredForm(whole.image, this.#source.storage) };
  }

  async #store(entry: CacheEntry, photo: PhotoReference): Promise<DecodedEntry> {
    if (this.#folder === undefined) return entry;
    try {
      await writeAtomically(entryFile(this.#folder, photo.fileHash), encodeEntry(entry));
      return entry;
    } catch (cacheError) {
      return { ...entry, cacheError };
    }
  }

  async #photoBytes(photo: PhotoReference): Promise<Uint8Array> {
    const file = path.join(this.#source.root, photo.path);
    const bytes = await fs.readFile(file).catch((cause: unknown) => {
      throw changed(file, "can no longer be opened", cause);
    });
    if (fileHashOf(bytes) !== photo.fileHash) throw changed(file, "has changed since training began");
    return bytes;
  }
}

/** A folder's entry, checked; `undefined` if there is none or it is damaged. */
const readEntry = async (folder: string | undefined, fileHash: string): Promise<CacheEntry | undefined> =>
  folder === undefined ? undefined : readCached(entryFile(folder, fileHash), decodeEntry);

function changed(file: string, what: string, cause?: unknown): FleuronError {
  return photosError("photo-changed", `${file} ${what}.`, {
    subject: file,
    hint: "Do not change photos during a run; start a new run to train on them as they are now.",
    cause,
  });
}
