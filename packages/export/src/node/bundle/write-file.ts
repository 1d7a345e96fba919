// A file of a bundle on its way to the disk, hashed as it is written.
import { webcrypto } from "node:crypto";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder, writeFailure } from "@fleuron/files";
import { type BundleFile, CHUNK_BYTES } from "@fleuron/model";
import type { EncodedFile } from "../../format.js";
import { shards } from "../../shards.js";

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
      const chunk = oneOf(pieces);
      const [hash] = await Promise.all([
        webcrypto.subtle.digest("SHA-256", chunk),
        attempt(file, () => handle.appendFile(chunk)),
      ]);
      bytes += chunk.length;
      onBytes(chunk.length);
      chunks.push(Buffer.from(hash).toString("hex"));
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

/** The pieces as one. Weights that threads share are copied: Web Crypto takes no shared memory. */
function oneOf(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces;
  return pieces.length === 1 && first!.buffer instanceof ArrayBuffer ? first! : Buffer.concat(pieces);
}

async function attempt<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw writeFailure(file, cause);
  }
}
