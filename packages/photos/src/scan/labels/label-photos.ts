import path from "node:path";
import { className } from "../class-name.js";
import type { LabelTable } from "./label-table.js";
import { absentPhotos, disagrees, namedTwice, outside } from "./table-errors.js";

/** Class names by photo. */
export type Labels = ReadonlyMap<string, string>;

/**
 * The class of each photo that a table names, by the photo's path relative to the table's folder. Names may be relative to
 * one folder in there, too, as those of `train.csv` are to `train/`.
 *
 * Undefined where the photos lie in folders of these classes: then the folders say it, and the table agrees.
 *
 * @throws FleuronError `labels-invalid`
 */
export function labelPhotos(
  { file, rows }: LabelTable,
  photos: ReadonlySet<string>,
  folders: readonly string[],
): Labels | undefined {
  const names = rows.map(({ fileName }) => insideName(file, fileName));
  const base = ["", ...folders].find((folder) => photos.has(path.posix.join(folder, names[0] ?? ""))) ?? "";
  const classes = new Set(rows.map(({ label }) => className(label)));
  const labels = new Map<string, string>();
  const absent: string[] = [];
  for (const [at, name] of names.entries()) {
    const photo = path.posix.join(base, name);
    if (!photos.has(photo)) absent.push(name);
    if (labels.has(photo)) throw namedTwice(file, name);
    labels.set(photo, className(rows[at]!.label));
  }
  if (absent.length > 0) throw absentPhotos(file, absent, rows.length);
  if (![...labels.keys()].some((photo) => foldersOf(photo).some((folder) => classes.has(folder))))
    return labels;
  for (const [photo, label] of labels) {
    const folders = foldersOf(photo);
    if (!folders.includes(label)) throw disagrees(file, photo, label, folders.at(-1) ?? ".");
  }
  return undefined;
}

const foldersOf = (photo: string) => photo.split("/").slice(0, -1).map(className);

function insideName(file: string, fileName: string): string {
  const name = path.posix.normalize(fileName);
  if (path.isAbsolute(fileName) || name === ".." || name.startsWith("../")) throw outside(file, fileName);
  return name;
}
