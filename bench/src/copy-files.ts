import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";

/** The files of a folder whose names are like `pattern`, into another folder. */
export async function copyFiles(from: string, to: string, pattern: RegExp): Promise<void> {
  for (const name of await readdir(from)) if (pattern.test(name)) await cp(join(from, name), join(to, name));
}
