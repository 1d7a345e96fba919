/** Reads files of the cache, and marks them as used: trimming drops those that were used longest ago. */
import { promises as fs } from "node:fs";
import { readWhole } from "@fleuron/files";

/** Files are marked as used once a day, which is enough to know the least recently used. */
const MARK_USED_AFTER_MS = 86_400_000;

/**
 * What a file is decoded to.
 * @param decode gives `undefined`, or throws, for damaged bytes.
 * @returns `undefined` where there is no such file, or a damaged one.
 */
export async function readCached<Value>(
  file: string,
  decode: (bytes: Buffer<ArrayBuffer>) => Value | undefined,
): Promise<Value | undefined> {
  let handle: fs.FileHandle | undefined;
  try {
    handle = await fs.open(file, "r");
    const { size, mtimeMs } = await handle.stat();
    const bytes = Buffer.allocUnsafeSlow(size);
    const value = decode(bytes.subarray(0, await readWhole(handle, bytes, 0)));
    if (value !== undefined) await markUsed(handle, mtimeMs);
    return value;
  } catch {
    return undefined;
  } finally {
    await handle?.close();
  }
}

/** A cache that may only be read is a good one, too. */
async function markUsed(handle: fs.FileHandle, usedMs: number): Promise<void> {
  const now = Date.now();
  if (now - usedMs > MARK_USED_AFTER_MS) await handle.utimes(now / 1e3, now / 1e3).catch(() => undefined);
}
