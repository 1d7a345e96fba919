/** A photo's file: its bytes, their hash, and a stamp by which a change is noticed without reading it. */
import { promises as fs, type Stats } from "node:fs";
import path from "node:path";
import { FleuronError } from "@fleuron/model";
import type { PhotoOutcome } from "../cache/dataset-index.js";
import { fileHashOf } from "./content-hash.js";

/** A file rewritten with other bytes of the same length has another time of change, even if `touch` hid it. */
function stampOf(stats: Stats): string {
  return `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`;
}

/** `undefined` when the file cannot be seen. */
export async function stampPhoto(root: string, photo: string): Promise<string | undefined> {
  const stats = await fs.stat(path.join(root, photo)).catch(() => undefined);
  return stats && stampOf(stats);
}

/** The stamp is taken first, so that a file which changes in between is read again by the next run. */
export async function readPhotoFile(root: string, photo: string) {
  const file = path.join(root, photo);
  const stamp = stampOf(await fs.stat(file));
  const bytes = await fs.readFile(file);
  return { stamp, bytes, fileHash: fileHashOf(bytes) };
}

/** What to remember of a photo that could not be opened or decoded. */
export function unreadableOutcome(error: unknown, photo: string): PhotoOutcome {
  if (error instanceof FleuronError) return { readable: false, code: error.code, message: error.message };
  return { readable: false, code: "photo-unreadable", message: `${photo} cannot be opened: ${error}` };
}
