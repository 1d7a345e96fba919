/** What earlier runs have found out about photos, and whether it still holds. */
import { promises as fs } from "node:fs";
import { FILES_AT_ONCE, mapConcurrently } from "../concurrency/map-concurrently.js";
import { stampPhoto } from "../scan/photo-file.js";
import type { ScannedDataset, ScannedPhoto } from "../scan/scan-dataset.js";
import { entryBytes } from "./cache-entry.js";
import { entryFile } from "./cache-folder.js";
import { isWhole, type PhotoRecord } from "./dataset-index.js";

/** Removes the records of photos that are gone or changed, and those that lack something. */
export async function dropStaleRecords(
  records: Map<string, PhotoRecord>,
  { root, photos }: ScannedDataset,
): Promise<void> {
  const current = new Set<string>();
  const look = async ({ path }: ScannedPhoto) => {
    const record = records.get(path);
    const known = record !== undefined && isWhole(record) && record.stamp === (await stampPhoto(root, path));
    return { path, known };
  };
  for await (const { path, known } of mapConcurrently(photos, FILES_AT_ONCE, look))
    if (known) current.add(path);
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
    const { fileHash, outcome } = records.get(path) ?? {};
    if (fileHash === undefined || outcome === undefined) return { path };
    if (!outcome.readable) return undefined;
    const entry = entryFile(storageFolder, fileHash);
    const stats = await fs.stat(entry).catch(() => undefined);
    return stats?.size === entryBytes(outcome) ? { path, entry } : { path };
  };
  for await (const found of mapConcurrently(photos, FILES_AT_ONCE, look)) {
    if (found?.entry !== undefined) present.add(found.entry);
    else if (found !== undefined) missing.add(found.path);
  }
  return { present, missing: photos.map(({ path }) => path).filter((path) => missing.has(path)) };
}
