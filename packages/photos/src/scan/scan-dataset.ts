/** Finds the photos of a dataset: a folder per class, or train/, val/ and test/ with a folder per class. */

import { promises as fs } from "node:fs";
import path from "node:path";
import { byCodeUnit } from "@fleuron/model";
import type { PartContents } from "./class-folder.js";
import { emptyDataset, missingFolder, notAFolder, notInTrain, oneClassOnly } from "./folder-errors.js";
import { findTables } from "./labels/label-table.js";
import { readLabelled } from "./labels/read-labelled.js";
import { lacksColumns } from "./labels/table-errors.js";
import { countLeftOut, type LeftOut } from "./left-out.js";
import { type FolderListing, listFolder } from "./list-photos.js";
import { type Part, type PartFolder, partsOf, WHOLE } from "./parts.js";
import { readClassFolders } from "./read-class-folders.js";
import { requireClasses } from "./require-classes.js";
import { unwrap } from "./unwrap.js";

export interface ScannedPhoto {
  /** Relative to the dataset's root, with forward slashes. */
  readonly path: string;
  /** Index into `labels`. */
  readonly label: number;
  /** The part that its folder says; `undefined` in the layout "classes". */
  readonly part: Part | undefined;
}

export interface ScannedDataset {
  /** Absolute path of the folder in which the classes, or the parts, lie. */
  readonly root: string;
  /** "classes": `root/<class>/…`. "split": `root/train/<class>/…`, and val/, test/ likewise if they exist. */
  readonly layout: "classes" | "split";
  /** Names of the class folders, in Unicode's composed form, sorted by code unit. */
  readonly labels: readonly string[];
  /** Sorted by path, by code unit. */
  readonly photos: readonly ScannedPhoto[];
  /** What lies among the photos and is not read. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * Lists `.jpg`, `.jpeg`, `.png` and `.webp` (in any case) at any depth below the class folders, and files of other
 * endings that are JPEG, PNG or WebP by their first bytes. What else lies there is counted; hidden files and folders are not.
 *
 * A folder that has nothing but one folder of its own name is taken as that one, the root and its parts alike.
 *
 * A file `metadata.csv`, `metadata.jsonl`, `labels.csv` or `train.csv` with the columns `file_name` and `label`, in the root or
 * a part, names the class of each photo, whatever its folder; where the folders are those classes, it must agree with them.
 *
 * The layout is "split" when every folder is named as a part, in any case and spelling, and one of them is for training.
 *
 * @throws FleuronError `dataset-not-found`, `dataset-not-a-folder`, `dataset-unreadable`, `dataset-empty`,
 * `dataset-ambiguous`, `class-empty`, `one-class-only`, `class-not-in-train`, `labels-invalid`, `file-unreadable`.
 */
export async function scanDataset(
  root: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<ScannedDataset> {
  await requireFolder(path.resolve(root));
  const { folder: absolute, listing } = await unwrap(path.resolve(root));
  const labelled = await readLabelled(absolute, "", signal);
  const parts = labelled ? [WHOLE] : await innerParts(absolute, listing);
  const contents: (PartContents & PartFolder)[] = [];
  for (const { folder, part } of parts) {
    const read = labelled ?? (await readPart(absolute, { folder, part }, signal));
    contents.push({ ...read, folder, part });
  }
  const training = contents.find(({ part }) => isTraining(part))!;
  const labels = [...new Set(training.classes.map(({ name }) => name))].sort(byCodeUnit);
  if (labels.length === 1) throw oneClassOnly(path.join(absolute, training.folder), labels[0]!, []);
  const photos: ScannedPhoto[] = [];
  for (const { folder, part, classes } of contents) {
    for (const { name, photos: paths } of classes) {
      const label = labels.indexOf(name);
      if (label < 0) throw notInTrain(absolute, { folder, name, training: training.folder, labels });
      for (const path of paths) photos.push({ path, label, part });
    }
  }
  photos.sort((one, other) => byCodeUnit(one.path, other.path));
  const leftOut = contents.flatMap((one) => [...one.leftOut, ...one.classes.flatMap((each) => each.leftOut)]);
  const layout = training.part === undefined ? "classes" : "split";
  if (layout === "classes" && !labelled) requireClasses(absolute, photos);
  return { root: absolute, layout, labels, photos, leftOut: countLeftOut(leftOut) };
}

const isTraining = (part: Part | undefined) => part !== "val" && part !== "test";

async function readPart(root: string, { folder, part }: PartFolder, signal: AbortSignal | undefined) {
  const labelled = folder === "" ? undefined : await readLabelled(root, folder, signal);
  if (labelled === undefined && isTraining(part)) await requireClassFolders(root, folder);
  return labelled ?? readClassFolders(root, folder, signal);
}

async function requireClassFolders(root: string, training: string): Promise<void> {
  const folder = path.join(root, training);
  const listing = await listFolder(folder);
  const [first, second] = listing.folders;
  if (second !== undefined) return;
  const unread = [folder, root].map(findTables);
  for (const { others } of await Promise.all(unread)) {
    for (const { file, columns } of others) throw lacksColumns(file, columns);
  }
  if (first === undefined) throw emptyDataset(folder, listing);
  const { folders, photos } = await listFolder(path.join(folder, first));
  throw oneClassOnly(folder, first, photos.length === 0 ? folders : []);
}

async function innerParts(root: string, { folders }: FolderListing): Promise<readonly PartFolder[]> {
  const inner = async ({ folder, part }: PartFolder) => {
    const relative = path.relative(root, (await unwrap(path.join(root, folder))).folder);
    return { folder: relative.split(path.sep).join("/"), part };
  };
  return Promise.all((await partsOf(root, folders)).map(inner));
}

async function requireFolder(root: string): Promise<void> {
  const found = await fs.stat(root).catch((cause: unknown) => {
    throw missingFolder(root, cause);
  });
  if (!found.isDirectory()) throw notAFolder(root);
}
