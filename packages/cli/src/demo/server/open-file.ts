import { type BigIntStats, constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { systemCode } from "@fleuron/files";

/** A file as it is from now on, whatever takes its place meanwhile. */
export interface OpenFile {
  readonly handle: FileHandle;
  readonly stats: BigIntStats;
}

/** Opening a pipe would wait for its other end. Windows has neither flag, nor needs it. */
const READ_AT_ONCE = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/** No such file, no file that can be opened, or a link in circles. */
const ABSENT: ReadonlySet<string | undefined> = new Set([
  "EISDIR",
  "ELOOP",
  "ENAMETOOLONG",
  "ENOENT",
  "ENOTDIR",
  "ENXIO",
]);

/**
 * Opens a regular file that lies in a folder; a link may lead to it, but not out of the folder.
 * @param path relative to the folder, with forward slashes.
 * @returns undefined where there is none; the handle is the caller's to close.
 */
export async function openFile(folder: string, path: string): Promise<OpenFile | undefined> {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
    return file.startsWith(root.endsWith(sep) ? root : root + sep) ? await openRegular(file) : undefined;
  } catch (cause) {
    if (ABSENT.has(systemCode(cause))) return undefined;
    throw cause;
  }
}

async function openRegular(file: string): Promise<OpenFile | undefined> {
  const handle = await open(file, READ_AT_ONCE);
  try {
    const stats = await handle.stat({ bigint: true });
    if (stats.isFile()) return { handle, stats };
  } catch (cause) {
    await handle.close();
    throw cause;
  }
  await handle.close();
  return undefined;
}
