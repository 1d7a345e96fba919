import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip } from "node:zlib";
import { type BundleModel, CHUNK_BYTES, type ContentCoding } from "@fleuron/model";
import { exportError } from "../../errors.js";

const decompressors = { br: createBrotliDecompress, gzip: createGunzip } as const;

/**
 * Decompresses the compressed forms of a model's files.
 * @throws FleuronError "compressed-differs" for one that is not its file, compressed; the signal's reason.
 */
export async function checkCompressed(
  folder: string,
  { files }: Pick<BundleModel, "files">,
  signal?: AbortSignal,
): Promise<void> {
  for (const { path, chunks, compressed = [] } of files) {
    for (const form of compressed) {
      signal?.throwIfAborted();
      const found = await hashesOf(join(folder, form.path), form.coding).catch((cause: unknown) => {
        throw differs(form.path, path, cause);
      });
      if (found.join() !== chunks.join()) throw differs(form.path, path);
    }
  }
}

/** SHA-256 of each {@link CHUNK_BYTES} of what a file holds compressed. */
async function hashesOf(file: string, coding: ContentCoding): Promise<readonly string[]> {
  const hashes: string[] = [];
  await pipeline(createReadStream(file), decompressors[coding](), async (pieces: AsyncIterable<Buffer>) => {
    let hash = createHash("sha256");
    let room = CHUNK_BYTES;
    for await (let piece of pieces) {
      while (piece.length > 0) {
        const part = piece.subarray(0, room);
        hash.update(part);
        room -= part.length;
        piece = piece.subarray(part.length);
        if (room > 0) continue;
        hashes.push(hash.digest("hex"));
        hash = createHash("sha256");
        room = CHUNK_BYTES;
      }
    }
    if (room < CHUNK_BYTES) hashes.push(hash.digest("hex"));
  });
  return hashes;
}

const differs = (form: string, path: string, cause?: unknown) =>
  exportError(
    "compressed-differs",
    `${form} is not ${path}, compressed: pages would be sent something else.`,
    {
      subject: form,
      hint: "Write the bundle again with `writeBundle`.",
      cause,
    },
  );
