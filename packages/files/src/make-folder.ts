import { promises as fs } from "node:fs";
import { dirname } from "node:path";
import { systemCode } from "./errors.js";

/**
 * Makes a folder and those above it. Node's recursive mkdir says ENOENT on a read-only disk, and never ends below /proc.
 * @returns whether it was not there before.
 * @throws what Node throws: EEXIST for one where a file is.
 */
export async function makeFolder(path: string): Promise<boolean> {
  try {
    await fs.mkdir(path);
    return true;
  } catch (error) {
    // A drive that is not there lies in no folder.
    if (systemCode(error) === "ENOENT" && dirname(path) !== path) {
      await makeFolder(dirname(path));
      return makeIn(path);
    }
    return requireFolder(path, error);
  }
}

/** Where another process may have been quicker. */
const makeIn = (path: string): Promise<boolean> =>
  fs.mkdir(path).then(
    () => true,
    (error: unknown) => requireFolder(path, error),
  );

async function requireFolder(path: string, error: unknown): Promise<false> {
  const found = await fs.stat(path).catch(() => undefined);
  if (found?.isDirectory()) return false;
  throw error;
}
