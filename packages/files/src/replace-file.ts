// Files that are replaced at once or not at all, also when the process is killed or the power fails.
import { promises as fs } from "node:fs";
import { dirname, join } from "node:path";
import { writeFailure } from "./errors.js";
import { move } from "./move.js";
import { isTemporary, temporaryBeside } from "./temporary.js";

/**
 * Below the 2 GiB that one system call takes. A thread that computes for a second does not begin the next one meanwhile: the
 * fewer, the better.
 */
const CHUNK_BYTES = 2 ** 30;

/** Writes all of `bytes`, or of several one after the other, from byte `position` of the file on. */
export type PutBytes = (bytes: Uint8Array | readonly Uint8Array[], position: number) => Promise<void>;

/**
 * Writes a file to a temporary name beside, flushes it to the disk and renames it. When anything fails the
 * temporary file is removed, and what stood there before is untouched. What `write` throws passes through.
 * @throws FleuronError `disk-full`, `file-unwritable`.
 */
export async function replaceFile(file: string, write: (put: PutBytes) => Promise<void>): Promise<void> {
  const temporary = temporaryBeside(file);
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw writeFailure(file, error);
    }
  };
  const handle = await attempt(() => fs.open(temporary, "wx"));
  try {
    try {
      await write((bytes, position) => attempt(() => putAll(handle, bytes, position)));
      await attempt(() => handle.sync());
    } finally {
      await handle.close();
    }
    await attempt(() => move(temporary, file));
  } catch (error) {
    await fs.rm(temporary, { force: true });
    throw error;
  }
  await attempt(() => syncFolder(dirname(file)));
}

export const replaceTextFile = (file: string, text: string): Promise<void> =>
  replaceFile(file, (put) => put(new TextEncoder().encode(text), 0));

/** Removes what {@link replaceFile} left in a folder when its process was killed; nobody may be writing there. */
export async function sweepTemporaryFiles(folder: string): Promise<void> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  // A folder of such a name is somebody's who fills it.
  const left = entries.filter((entry) => isTemporary(entry.name) && !entry.isDirectory());
  await Promise.all(left.map(({ name }) => fs.rm(join(folder, name), { force: true })));
}

async function putAll(
  handle: fs.FileHandle,
  bytes: Uint8Array | readonly Uint8Array[],
  position: number,
): Promise<void> {
  let rest = bytes instanceof Uint8Array ? [bytes] : bytes;
  for (let at = position; ; ) {
    const chunk = firstBytes(rest, CHUNK_BYTES);
    if (chunk.length === 0) return;
    const { bytesWritten } =
      chunk.length === 1 ? await handle.write(chunk[0]!, 0, null, at) : await handle.writev(chunk, at);
    at += bytesWritten;
    rest = bytesFrom(rest, bytesWritten);
  }
}

/** The first `most` bytes of several parts, without empty ones. */
function firstBytes(parts: readonly Uint8Array[], most: number): readonly Uint8Array[] {
  let left = most;
  const first = parts.map((part) => {
    const taken = part.subarray(0, left);
    left -= taken.length;
    return taken;
  });
  return first.filter(({ length }) => length > 0);
}

/** All but the first `done` bytes. */
function bytesFrom(parts: readonly Uint8Array[], done: number): readonly Uint8Array[] {
  let left = done;
  return parts.map((part) => {
    const rest = part.subarray(left);
    left -= part.length - rest.length;
    return rest;
  });
}

/**
 * Without it a rename may be lost when the power fails. Windows cannot do it and keeps its own journal, and a folder that one may
 * write to but not list cannot be opened: the file is whole all the same.
 */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await fs.open(folder, "r").catch(() => undefined);
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}
