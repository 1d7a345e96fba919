/** Finds the photos of a dataset: a folder per class, or train/, val/ and test/ with a folder per class. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { className, looseName } from "./class-name.js";
import { byCodeUnit } from "./code-units.js";
import {
  emptyClass,
  emptyDataset,
  missingFolder,
  notAFolder,
  notInTrain,
  oneClassOnly,
} from "./folder-errors.js";
import { countLeftOut, type LeftOut, STRAY_PHOTO } from "./left-out.js";
import { filesBelow, listFolder } from "./list-photos.js";
import { type Part, type PartFolder, partsOf } from "./parts.js";
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
 * The layout is "split" when every folder is named as a part, in any case and spelling, and one of them is for training.
 *
 * @throws FleuronError `dataset-not-found`, `dataset-not-a-folder`, `dataset-unreadable`, `dataset-empty`,
 * `dataset-ambiguous`, `class-empty`, `one-class-only`, `class-not-in-train`.
 */
export async function scanDataset(
  root: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<ScannedDataset> {
  await requireFolder(path.resolve(root));
  const { folder: absolute, listing } = await unwrap(path.resolve(root));
  if (listing.folders.length === 0) throw emptyDataset(absolute, listing);
  const parts = await innerParts(absolute, listing.folders);
  const training = parts.find(({ part }) => part !== "val" && part !== "test")!.folder;
  const labels = await classesIn(absolute, training);

  const strays: string[] = [];
  const classFolders: ClassFolder[] = [];
  for (const { folder, part } of parts) {
    const { folders, photos } = await listFolder(path.join(absolute, folder));
    for (const _ of photos) strays.push(STRAY_PHOTO);
    for (const name of folders) {
      const label = labels.indexOf(className(name));
      if (label < 0) {
        const alike = labels.find((known) => looseName(known) === looseName(name));
        throw notInTrain(absolute, [folder, name], training, alike);
      }
      const below = { folder: path.posix.join(folder, name), label, part };
      classFolders.push(await readClass(absolute, below, options.signal));
    }
  }
  requireFilled(absolute, classFolders);
  const photos = classFolders.flatMap((one) => one.photos);
  photos.sort((one, other) => byCodeUnit(one.path, other.path));
  const leftOut = countLeftOut([...strays, ...classFolders.flatMap((one) => one.leftOut)]);
  const layout = training === "" ? "classes" : "split";
  if (layout === "classes") requireClasses(absolute, photos);
  return { root: absolute, layout, labels, photos, leftOut };
}

async function innerParts(root: string, folders: readonly string[]): Promise<readonly PartFolder[]> {
  const inner = async ({ folder, part }: PartFolder) => {
    const relative = path.relative(root, (await unwrap(path.join(root, folder))).folder);
    return { folder: relative.split(path.sep).join("/"), part };
  };
  return Promise.all((await partsOf(root, folders)).map(inner));
}

/** The classes are those that there are photos of to train on. */
async function classesIn(root: string, training: string): Promise<readonly string[]> {
  const folder = path.join(root, training);
  const listing = await listFolder(folder);
  const [first] = listing.folders;
  if (first === undefined) throw emptyDataset(folder, listing);
  const classes = [...new Set(listing.folders.map(className))].sort(byCodeUnit);
  if (classes.length > 1) return classes;
  const { folders, photos } = await listFolder(path.join(folder, first));
  throw oneClassOnly(folder, first, photos.length === 0 ? folders : []);
}

interface ClassFolder {
  /** Relative to the root. */
  readonly folder: string;
  readonly photos: readonly ScannedPhoto[];
  readonly leftOut: readonly string[];
}

async function readClass(
  root: string,
  { folder, label, part }: Pick<ClassFolder, "folder"> & Pick<ScannedPhoto, "label" | "part">,
  signal: AbortSignal | undefined,
): Promise<ClassFolder> {
  const photos: ScannedPhoto[] = [];
  const leftOut: string[] = [];
  for await (const file of filesBelow(path.join(root, folder), signal)) {
    if ("photo" in file) photos.push({ path: `${folder}/${file.photo}`, label, part });
    else leftOut.push(file.leftOut);
  }
  return { folder, photos, leftOut };
}

function requireFilled(root: string, folders: readonly ClassFolder[]): void {
  const empty = folders.find(({ photos }) => photos.length === 0);
  if (empty === undefined) return;
  const filled = folders.filter(({ photos }) => photos.length > 0);
  const beside = filled.length === 1 && filled[0]!.photos.every(liesDeeper) ? filled[0]! : undefined;
  throw emptyClass(path.join(root, empty.folder), empty.leftOut, beside && path.join(root, beside.folder));
}

const liesDeeper = ({ path: photo }: ScannedPhoto) => photo.split("/").length > 2;

async function requireFolder(root: string): Promise<void> {
  const found = await fs.stat(root).catch((cause: unknown) => {
    throw missingFolder(root, cause);
  });
  if (!found.isDirectory()) throw notAFolder(root);
}
