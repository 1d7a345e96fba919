// Whether a model's files are the ones that the manifest describes, byte for byte.
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { readFailure, readWhole, systemCode } from "@fleuron/files";
import { type BundleFile, type BundleModel, CHUNK_BYTES, FORMAT_BYTES, isLfsPointer } from "@fleuron/model";
import { runtimeError } from "../errors.js";

/**
 * Hashes the files of a model, 4 MiB at a time, and reads the next meanwhile.
 * @throws FleuronError `bundle-damaged` that names the file and where it differs; `file-unreadable`; the
 * signal's reason.
 */
export async function checkFiles(
  folder: string,
  { files }: Pick<BundleModel, "files">,
  signal?: AbortSignal,
): Promise<void> {
  for (const file of files) await checkFile(join(folder, file.path), file, signal);
}

async function checkFile(path: string, { bytes, chunks }: BundleFile, signal: AbortSignal | undefined) {
  await using handle = await opened(path);
  const { size } = await handle.stat();
  if (size !== bytes) {
    const { buffer: start, bytesRead } = await handle.read(new Uint8Array(FORMAT_BYTES), 0, FORMAT_BYTES, 0);
    const isPointer = isLfsPointer(start.subarray(0, bytesRead));
    throw damaged(path, `has ${size} bytes instead of ${bytes}${isPointer ? ", a Git LFS pointer" : ""}`);
  }
  const buffers = [0, 1].map(() => new Uint8Array(Math.min(CHUNK_BYTES, bytes)));
  const read = async (index: number): Promise<Uint8Array> => {
    const start = index * CHUNK_BYTES;
    const chunk = buffers[index % 2]!.subarray(0, Math.min(CHUNK_BYTES, bytes - start));
    const length = await readWhole(handle, chunk, start);
    if (length < chunk.length) throw damaged(path, `ends at byte ${start + length}`);
    return chunk;
  };
  let coming = read(0);
  for (const [index, expected] of chunks.entries()) {
    const chunk = await coming;
    signal?.throwIfAborted();
    if (index + 1 < chunks.length) coming = read(index + 1);
    // Nobody awaits it where this chunk is wrong.
    coming.catch(() => undefined);
    const found = createHash("sha256").update(chunk).digest("hex");
    if (found !== expected) throw damaged(path, `differs in its bytes from ${index * CHUNK_BYTES} on`);
  }
}

async function opened(path: string) {
  try {
    return await open(path, "r");
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") throw damaged(path, "is missing", cause);
    throw readFailure(path, cause);
  }
}

const damaged = (path: string, problem: string, cause?: unknown) =>
  runtimeError(
    "bundle-damaged",
    `${path} ${problem}: it is not the file that the bundle's manifest describes.`,
    { subject: path, hint: "Copy the bundle again, or write it again with `writeBundle`.", cause },
  );
