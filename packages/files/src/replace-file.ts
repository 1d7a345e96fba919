// Files that are replaced at once or not at all, also when the process is killed or the power fails.
import { randomUUID } from "node:crypto";
import { promises as fs } from "node:fs";
import { dirname, join } from "node:path";
import { writeFailure } from "./errors.js";
import { move } from "./move.js";

const TEMPORARY = /\.tmp-[0-9a-f]{8}$/;

/** Large enough for full speed, below the 2 GiB that one system call takes. */
const CHUNK_BYTES = 16 * 2 ** 20;

/** Writes all of `bytes` from byte `position` of the file on. */
export type PutBytes = (bytes: Uint8Array, position: number) => Promise<void>;

/**
 * Writes a file to a temporary name beside, flushes it to the disk and renames it. When anything fails the
 * temporary file is removed, and what stood there before is untouched. What `write` throws passes through.
 * @throws FleuronError `disk-full`, `file-unwritable`.
 */
export async function replaceFile(file: string, write: (put: PutBytes) => Promise<void>): Promise<void> {
  const temporary = `${file}.tmp-${randomUUID().slice(0, 8)}`;
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
  const left = (await fs.readdir(folder)).filter(isTemporary);
  await Promise.all(left.map((name) => fs.rm(join(folder, name), { force: true })));
}

export const isTemporary = (name: string): boolean => TEMPORARY.test(name);

async function putAll(handle: fs.FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const length = Math.min(bytes.length - done, CHUNK_BYTES);
    done += (await handle.write(bytes, done, length, position + done)).bytesWritten;
  }
}

/** Without it a rename may be lost when the power fails. Windows cannot do it and keeps its own journal. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await fs.open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
