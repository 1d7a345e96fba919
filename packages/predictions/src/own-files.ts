// What calls keep in the folder of a table's parts. Whatever else lies there is somebody's own.
import { promises as fs } from "node:fs";
import { join } from "node:path";
import { isTemporary, LOCK_FILE } from "@fleuron/files";

/** The photos, one a line. */
export const LIST = "photos.jsonl";

/** What the parts were begun with. */
export const BEGINNING = "beginning.json";

/** A part, by the place of its first row. */
export const PART = /^(\d{10})\.jsonl$/;

const isOwn = (name: string): boolean =>
  [LIST, BEGINNING].includes(name) ||
  PART.test(name) ||
  name.startsWith(`${LOCK_FILE}.takeover-`) ||
  isTemporary(name);

/** Removes it all but the lock, which is the caller's. */
export async function removeOwn(folder: string): Promise<void> {
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    if (entry.isFile() && isOwn(entry.name)) await fs.rm(join(folder, entry.name), { force: true });
  }
}
