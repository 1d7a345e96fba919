/** Keeps the pixel cache below a size by dropping the entries that were read longest ago. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { isTemporary } from "@fleuron/files";
import { FILES_AT_ONCE, mapConcurrently } from "../concurrency/map-concurrently.js";

const ABANDONED_AFTER_MS = 3_600_000;

interface CachedFile {
  readonly file: string;
  readonly bytes: number;
  readonly usedMs: number;
}

/** Bytes that entries take, and what could be dropped to make room. */
export interface CacheUse {
  readonly bytes: number;
  readonly files: readonly CachedFile[];
}

/** The default limit of the cache: the lesser of 20 GB and a fifth of what is free or already cached. */
export async function defaultCacheLimit(pixelFolder: string, usedBytes: number): Promise<number> {
  const disk = await fs.statfs(pixelFolder);
  return Math.min(20e9, 0.2 * (disk.bavail * disk.bsize + usedBytes));
}

/** Lists all entries of all stored forms, and all features; deletes what killed writers left. */
export async function measureCache(pixelFolder: string): Promise<CacheUse> {
  const files: CachedFile[] = [];
  const names = await fs.readdir(pixelFolder, { recursive: true }).catch(() => []);
  const look = async (name: string): Promise<CachedFile | undefined> => {
    const file = path.join(pixelFolder, name);
    const temporary = isTemporary(name);
    if (!temporary && !/\.(?:rgb|f32)$/.test(name)) return undefined;
    const found = await fs.stat(file).catch(() => undefined);
    if (found === undefined) return undefined;
    if (!temporary) return { file, bytes: found.size, usedMs: found.mtimeMs };
    if (Date.now() - found.mtimeMs > ABANDONED_AFTER_MS) await fs.rm(file, { force: true });
    return undefined;
  };
  for await (const file of mapConcurrently(names, FILES_AT_ONCE, look)) if (file) files.push(file);
  return { bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files };
}

/** Drops least recently used files, never those of `keep`, until the cache has at most `limit` bytes. */
export async function trimCache(use: CacheUse, limit: number, keep: ReadonlySet<string>): Promise<void> {
  let bytes = use.bytes;
  for (const entry of [...use.files].sort((one, other) => one.usedMs - other.usedMs)) {
    if (bytes <= limit) return;
    if (keep.has(entry.file)) continue;
    await fs.rm(entry.file, { force: true });
    bytes -= entry.bytes;
  }
}
