import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

/** The files of a folder by their addresses on a site. */
export async function filesOf(folder: string): Promise<Record<`/${string}`, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = files.map(async (file) => [`/${relative(folder, file)}`, await readFile(file)] as const);
  return Object.fromEntries(await Promise.all(read));
}
