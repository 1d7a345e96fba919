import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const FOLDERS = ["packages", "apps", "bench", "e2e", "faults", "scripts", "docs"];
const FILES = ["README.md", "CONTRIBUTING.md"];
const NOT_OURS = new Set(["node_modules", "dist", "generated"]);

/** The files that people write, with one of the endings, by their paths from the root. */
export const sources = (endings: RegExp): readonly string[] =>
  [...FOLDERS.flatMap(filesBelow), ...FILES].filter((file) => endings.test(file));

export const textOf = (file: string): string => readFileSync(join(root, file), "utf8");

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}
