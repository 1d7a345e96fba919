// A file of a bundle on its way to the disk, hashed as it is written.
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder, writeFailure } from "@fleuron/files";
import { type BundleFile, CHUNK_BYTES } from "@fleuron/model";
import type { EncodedFile } from "../../format.js";
import { shards } from "../../shards.js";

export interface WriteFileOptions {
  /** Called for each piece that was written. */
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * Writes a file that is not there yet and flushes it to the disk.
 * @throws FleuronError `disk-full`, `file-unwritable`; the signal's reason.
 */
export async function writeFile(
  folder: string,
  { path, parts }: EncodedFile,
  { onBytes, signal }: WriteFileOptions,
): Promise<BundleFile> {
  const file = join(folder, path);
  const chunks: string[] = [];
  let bytes = 0;
  await attempt(file, () => makeFolder(dirname(file)));
  const handle = await attempt(file, () => open(file, "wx"));
  try {
    for (const pieces of shards(parts, CHUNK_BYTES)) {
      signal?.throwIfAborted();
      const hash = createHash("sha256");
      for (const piece of pieces) {
        const written = attempt(file, () => handle.appendFile(piece));
        hash.update(piece);
        await written;
        bytes += piece.length;
        onBytes(piece.length);
      }
      chunks.push(hash.digest("hex"));
    }
    await attempt(file, () => handle.sync());
  } finally {
    await handle.close();
  }
  return { path, bytes, chunks };
}

async function attempt<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw writeFailure(file, cause);
  }
}
