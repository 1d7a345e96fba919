/** Decides before any decoding whether a dataset's pixels fit on disk, and makes room for them. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { makeFolder, systemCode } from "@fleuron/files";
import { parsePhotoFile } from "@fleuron/model";
import { fixedSize, type PixelStorage, storedSize } from "@fleuron/training/data";
import { cacheNotWritable, cacheTooSmall, type PhotosWarning } from "../events.js";
import { entryBytes } from "./cache-entry.js";
import { defaultCacheLimit, measureCache, trimCache } from "./cache-trim.js";

const SAMPLES = 32;

type CachePlan =
  | { readonly outcome: "fits" }
  /** Bytes that the dataset takes, an estimate where sizes are not known yet, and that the cache may take. */
  | { readonly outcome: "too-small"; readonly bytes: number; readonly limit: number }
  | { readonly outcome: "not-writable"; readonly cause: unknown };

export interface CachePlanOptions {
  readonly pixelFolder: string;
  /** Bytes; `undefined`: {@link defaultCacheLimit}. */
  readonly limit: number | undefined;
  readonly storage: PixelStorage;
  readonly root: string;
  /** The dataset's entries that are there already; none of them is dropped. */
  readonly present: ReadonlySet<string>;
  /** Paths of the photos that will be stored. */
  readonly missing: readonly string[];
}

/**
 * Makes room for the missing photos: drops other entries, the least recently used first, if they fit in no other way.
 * Returns whether they fit; a warning says why not.
 */
export async function* makeRoom(options: CachePlanOptions): AsyncGenerator<PhotosWarning, boolean> {
  if (options.missing.length === 0) return true;
  const plan = await planCache(options);
  if (plan.outcome === "too-small") yield cacheTooSmall(plan.bytes, plan.limit);
  if (plan.outcome === "not-writable") yield cacheNotWritable(plan.cause);
  return plan.outcome === "fits";
}

async function planCache(options: CachePlanOptions): Promise<CachePlan> {
  try {
    await makeFolder(options.pixelFolder);
    return await planWritableCache(options);
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause;
    return { outcome: "not-writable", cause };
  }
}

async function planWritableCache(options: CachePlanOptions): Promise<CachePlan> {
  const use = await measureCache(options.pixelFolder);
  const limit = options.limit ?? (await defaultCacheLimit(options.pixelFolder, use.bytes));
  const presentBytes = use.files
    .filter(({ file }) => options.present.has(file))
    .reduce((sum, { bytes }) => sum + bytes, 0);
  const newBytes = options.missing.length * (await meanEntryBytes(options));
  const bytes = presentBytes + newBytes;
  if (bytes > limit) return { outcome: "too-small", bytes, limit };
  await trimCache(use, limit - newBytes, options.present);
  return { outcome: "fits" };
}

/** From the headers of some photos spread over the dataset; exact where all are stored alike. */
async function meanEntryBytes({ storage, root, missing }: CachePlanOptions): Promise<number> {
  if (storage.kind !== "shorter-side") return entryBytes(fixedSize(storage));
  const stride = Math.max(1, Math.floor(missing.length / SAMPLES));
  const sizes: number[] = [];
  for (let at = 0; at < missing.length; at += stride) {
    try {
      const photo = missing[at]!;
      const file = parsePhotoFile(await fs.readFile(path.join(root, photo)), photo);
      sizes.push(entryBytes(storedSize(storage, file)));
    } catch {
      // An unreadable photo takes no room; decoding reports it.
    }
  }
  return sizes.length === 0 ? 0 : sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
}
