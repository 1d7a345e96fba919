import path from "node:path";
import { className } from "../class-name.js";
import type { LabelTable } from "./label-table.js";
import { absentPhotos, disagrees, emptyTable, namedTwice, outside } from "./table-errors.js";

/** Class names by photo. */
export type Labels = ReadonlyMap<string, string>;

/** Names by which the folder is found that all of them are relative to; a few may be of photos that are not there. */
const SEARCHED = 100;

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
  if (rows.length === 0) throw emptyTable(file);
  const names = rows.map(({ fileName }) => insideName(file, fileName));
  const find = finderOf(photos);
  const first = names.slice(0, SEARCHED);
  const holdsAny = (folder: string) => first.some((name) => find(path.posix.join(folder, name)));
  const base = ["", ...folders].find(holdsAny) ?? "";
  const classes = new Set(rows.map(({ label }) => className(label)));
  const labels = new Map<string, string>();
  const absent: string[] = [];
  for (const [at, name] of names.entries()) {
    const named = path.posix.join(base, name);
    const found = find(named);
    if (found === undefined) absent.push(name);
    const photo = found ?? named;
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

/** Finds photos by their paths: the table may have the one Unicode form of a name, and the disk the other. */
function finderOf(photos: ReadonlySet<string>): (path: string) => string | undefined {
  const composed = new Map([...photos].map((photo) => [photo.normalize("NFC"), photo]));
  return (path) => (photos.has(path) ? path : composed.get(path.normalize("NFC")));
}

const foldersOf = (photo: string) => photo.split("/").slice(0, -1).map(className);

function insideName(file: string, fileName: string): string {
  const name = path.posix.normalize(fileName);
  if (path.isAbsolute(fileName) || name === ".." || name.startsWith("../")) throw outside(file, fileName);
  return name;
}
