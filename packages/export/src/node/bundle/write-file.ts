// A file of a bundle on its way to the disk, hashed as it is written.
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder, writeFailure } from "@fleuron/files";
import { type BundleFile, CHUNK_BYTES } from "@fleuron/model";
import type { EncodedFile } from "../../format.js";
import { shards } from "../../shards.js";
import { hashInPieces } from "./hash-in-pieces.js";

export interface WriteFileOptions {
  /** Called for each chunk that was written. */
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * Writes a file that is not there yet; {@link flushFile} sees it onto the disk.
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
        await Promise.all([hashInPieces(hash, piece), attempt(file, () => handle.appendFile(piece))]);
        bytes += piece.length;
        onBytes(piece.length);
      }
      chunks.push(hash.digest("hex"));
    }
  } finally {
    await handle.close();
  }
  return { path, bytes, chunks };
}

/**
 * Returns when a file that was written is on the disk.
 * @throws FleuronError `disk-full`, `file-unwritable`.
 */
export async function flushFile(folder: string, { path }: Pick<BundleFile, "path">): Promise<void> {
  const file = join(folder, path);
  await attempt(file, async () => {
    await using handle = await open(file, "r+");
    await handle.sync();
  });
}

async function attempt<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw writeFailure(file, cause);
  }
}
