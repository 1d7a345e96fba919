import { promises as fs } from "node:fs";
import path from "node:path";
import { makeFolder } from "./make-folder.js";
import { move } from "./move.js";
import { temporaryBeside } from "./temporary.js";

/** Writes beside `file` and renames, so that readers and concurrent writers see all of it or nothing. */
export async function writeAtomically(file: string, parts: readonly Uint8Array[]): Promise<void> {
  const temporary = temporaryBeside(file);
  await makeFolder(path.dirname(file));
  const handle = await fs.open(temporary, "wx");
  try {
    try {
      // Unlike `writev`, this goes on after a short write, and so learns that the disk is full.
      for (const part of parts) await handle.appendFile(part);
    } finally {
      await handle.close();
    }
    await move(temporary, file);
  } catch (error) {
    await fs.rm(temporary, { force: true });
    throw error;
  }
}
