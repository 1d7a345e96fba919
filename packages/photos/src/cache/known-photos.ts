/** What earlier runs have found out about photos, and whether it still holds. */
import { promises as fs } from "node:fs";
import { FILES_AT_ONCE, forEachConcurrently } from "../concurrency/for-each-concurrently.js";
import { stampPhoto } from "../scan/photo-file.js";
import type { ScannedDataset, ScannedPhoto } from "../scan/scan-dataset.js";
import { entryBytes } from "./cache-entry.js";
import { entryFile } from "./cache-folder.js";
import type { PhotoRecord } from "./dataset-index.js";

/** Removes the records of photos that are gone or changed. */
export async function dropStaleRecords(
  records: Map<string, PhotoRecord>,
  { root, photos }: ScannedDataset,
): Promise<void> {
  const current = new Set<string>();
  const look = async ({ path }: ScannedPhoto) => {
    const record = records.get(path);
    if (record !== undefined && record.stamp === (await stampPhoto(root, path))) current.add(path);
  };
  await forEachConcurrently(photos, FILES_AT_ONCE, look);
  for (const path of records.keys()) if (!current.has(path)) records.delete(path);
}

export interface EntrySearch {
  /** Files of the cache that hold the photos' pixels. */
  readonly present: ReadonlySet<string>;
  /** Paths of photos whose pixels are not in the cache. Those known to be unreadable are in neither list. */
  readonly missing: readonly string[];
}

export async function findEntries(
  photos: readonly ScannedPhoto[],
  records: ReadonlyMap<string, PhotoRecord>,
  storageFolder: string,
): Promise<EntrySearch> {
  const present = new Set<string>();
  const missing = new Set<string>();
  const look = async ({ path }: ScannedPhoto) => {
    const record = records.get(path);
    const outcome = record?.outcome;
    if (record === undefined || outcome === undefined) {
      missing.add(path);
    } else if (outcome.readable) {
      const entry = entryFile(storageFolder, record.fileHash);
      const stats = await fs.stat(entry).catch(() => undefined);
      if (stats?.size === entryBytes(outcome)) present.add(entry);
      else missing.add(path);
    }
  };
  await forEachConcurrently(photos, FILES_AT_ONCE, look);
  return { present, missing: photos.map(({ path }) => path).filter((path) => missing.has(path)) };
}
