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
import { type Part, partsOf } from "./parts.js";
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
  const absolute = await unwrap(path.resolve(root));
  const { folders, photos: strays } = await listFolder(absolute);
  if (folders.length === 0) throw emptyDataset(absolute, strays.length);
  const parts = await Promise.all(
    (await partsOf(absolute, folders)).map(async ({ folder, part }) => {
      const inner = path.relative(absolute, await unwrap(path.join(absolute, folder)));
      return { folder: inner.split(path.sep).join("/"), part };
    }),
  );
  const training = parts.find(({ part }) => part !== "val" && part !== "test")!.folder;

  const inTraining = await listFolder(path.join(absolute, training));
  const classes = [...new Set(inTraining.folders.map(className))].sort(byCodeUnit);
  if (classes.length === 0) throw emptyDataset(path.join(absolute, training), inTraining.photos.length);
  if (classes.length === 1) {
    const { folders, photos } = await listFolder(path.join(absolute, training, inTraining.folders[0]!));
    throw oneClassOnly(path.join(absolute, training), classes[0]!, photos.length === 0 ? folders : []);
  }
  const labelOf = new Map(classes.map((name, label) => [name, label]));

  const photos: ScannedPhoto[] = [];
  const leftOut: string[] = [];
  for (const { folder, part } of parts) {
    const listing = await listFolder(path.join(absolute, folder));
    leftOut.push(...listing.photos.map(() => STRAY_PHOTO));
    for (const name of listing.folders) {
      const label = labelOf.get(className(name));
      if (label === undefined) {
        const alike = classes.find((known) => looseName(known) === looseName(name));
        throw notInTrain(absolute, [folder, name], training, alike);
      }
      const prefix = folder === "" ? `${name}/` : `${folder}/${name}/`;
      const before = photos.length;
      for await (const file of filesBelow(path.join(absolute, prefix), options.signal)) {
        if ("photo" in file) photos.push({ path: prefix + file.photo, label, part });
        else leftOut.push(file.leftOut);
      }
      if (photos.length === before) throw emptyClass(absolute, prefix);
    }
  }
  photos.sort((one, other) => byCodeUnit(one.path, other.path));
  const layout = training === "" ? "classes" : "split";
  if (layout === "classes") requireClasses(absolute, photos);
  return { root: absolute, layout, labels: classes, photos, leftOut: countLeftOut(leftOut) };
}

async function requireFolder(root: string): Promise<void> {
  const found = await fs.stat(root).catch((cause: unknown) => {
    throw missingFolder(root, cause);
  });
  if (!found.isDirectory()) throw notAFolder(root);
}
