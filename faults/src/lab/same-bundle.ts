// Whether a bundle's folder holds exactly the files of another.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { must } from "../lost.js";

/** Path and SHA-256 of each file, as lines; undefined where there is no folder. */
export async function contentsOf(folder: string): Promise<string | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return undefined;
  const lines = entries
    .filter((entry) => !entry.isDirectory())
    .map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const hash = createHash("sha256").update(await readFile(path));
      return `${relative(folder, path)} ${hash.digest("hex")}`;
    });
  return (await Promise.all(lines)).sort().join("\n");
}

export async function requireSameBundle(folder: string, reference: string): Promise<void> {
  const [found, owed] = [await contentsOf(folder), await contentsOf(reference)];
  must(found === owed, () => `the bundle's files differ:\n${found}\ninstead of\n${owed}`);
}

/** Nothing half-written lies beside a bundle. */
export async function requireAlone(folder: string, names: readonly string[]): Promise<void> {
  const found = (await readdir(folder)).sort().join(", ");
  const owed = [...names].sort().join(", ");
  must(found === owed, () => `${found} lies there instead of ${owed}`);
}
