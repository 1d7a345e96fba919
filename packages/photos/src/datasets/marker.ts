/** `fleuron-dataset.json` in a data set's folder: what it is, written last, so that it says the rest is there. */

import { type Dirent, promises as fs } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@fleuron/files";
import { parseJson } from "@fleuron/model";
import * as v from "valibot";
import { FILES_AT_ONCE, mapConcurrently } from "../concurrency/map-concurrently.js";
import { isNobodys } from "../scan/system-files.js";

const markerSchema = v.object({
  formatVersion: v.literal(1),
  name: v.picklist(["flowers", "procedural"]),
  /** What the folder is, in one sentence. */
  what: v.string(),
  /** The number of the folder's other files. */
  files: v.number(),
  bytes: v.number(),
});

export type DatasetMarker = v.InferOutput<typeof markerSchema>;

const MARKER_FILE = "fleuron-dataset.json";

export async function writeMarker(folder: string, marker: DatasetMarker): Promise<void> {
  await writeAtomically(path.join(folder, MARKER_FILE), [
    Buffer.from(`${JSON.stringify(marker, null, 2)}\n`),
  ]);
}

/** `undefined` when there is none that can be read. */
export async function readMarker(folder: string): Promise<DatasetMarker | undefined> {
  const text = await fs.readFile(path.join(folder, MARKER_FILE), "utf8").catch(() => "");
  const parsed = parseJson(markerSchema, text);
  return "value" in parsed ? parsed.value : undefined;
}

/** Whether the folder has as many files and bytes as its marker says. */
export async function isComplete(folder: string): Promise<boolean> {
  const marker = await readMarker(folder);
  if (marker === undefined) return false;
  const found = await measureFolder(folder);
  return found.files === marker.files && found.bytes === marker.bytes;
}

/** Files and their bytes at any depth; neither the marker nor what a system puts among them counts. */
export async function measureFolder(
  folder: string,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  const own = entries.filter((entry) => {
    const names = path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep);
    return entry.isFile() && entry.name !== MARKER_FILE && !names.some(isNobodys);
  });
  const bytesOf = async ({ parentPath, name }: Dirent): Promise<number> =>
    (await fs.stat(path.join(parentPath, name)).catch(() => undefined))?.size ?? 0;
  let bytes = 0;
  for await (const size of mapConcurrently(own, FILES_AT_ONCE, bytesOf)) bytes += size;
  return { files: own.length, bytes };
}
