/** Finds the photos of a dataset: a folder per class, or train/, val/ and test/ with a folder per class. */
import { promises as fs } from "node:fs";
import path from "node:path";
import type { FleuronError } from "@fleuron/model";
import { photosError } from "../errors.js";
import { byCodeUnit } from "./code-units.js";
import { listFolder, photosBelow } from "./list-photos.js";

export type Part = "train" | "val" | "test";

export interface ScannedPhoto {
  /** Relative to the dataset's root, with forward slashes. */
  readonly path: string;
  /** Index into `labels`. */
  readonly label: number;
  /** The part that its folder says; `undefined` in the layout "classes". */
  readonly part: Part | undefined;
}

export interface ScannedDataset {
  /** Absolute path. */
  readonly root: string;
  /** "classes": `root/<class>/…`. "split": `root/train/<class>/…`, and val/, test/ likewise if they exist. */
  readonly layout: "classes" | "split";
  /** Names of the class folders, sorted by code unit. */
  readonly labels: readonly string[];
  /** Sorted by path, by code unit. */
  readonly photos: readonly ScannedPhoto[];
}

const PART_FOLDERS: ReadonlyMap<string, Part> = new Map([
  ["train", "train"],
  ["val", "val"],
  ["valid", "val"],
  ["validation", "val"],
  ["test", "test"],
]);

/**
 * Lists `.jpg`, `.jpeg`, `.png` and `.webp` (in any case) at any depth below the class folders. Hidden
 * files and folders, other files and dangling links are ignored; nothing is opened.
 *
 * The layout is "split" when there is a folder `train` that has folders, and every other folder is `val`
 * (`valid` and `validation` are accepted too) or `test`.
 *
 * @throws FleuronError `dataset-not-found`, `dataset-not-a-folder`, `dataset-unreadable`, `dataset-empty`,
 * `dataset-ambiguous`, `class-empty`, `one-class-only`, `class-not-in-train`.
 */
export async function scanDataset(
  root: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<ScannedDataset> {
  const absolute = path.resolve(root);
  await requireFolder(absolute);
  const { folders, photos: strays } = await listFolder(absolute);
  if (folders.length === 0) throw emptyDataset(absolute, strays.length);
  const split = await isSplitLayout(absolute, folders);
  const parts = split ? partsOf(absolute, folders) : [{ folder: "", part: undefined }];

  const classes = (await listFolder(split ? path.join(absolute, "train") : absolute)).folders;
  if (classes.length === 1) throw oneClassOnly(absolute, classes[0]!);
  const labelOf = new Map(classes.map((name, label) => [name, label]));

  const photos: ScannedPhoto[] = [];
  for (const { folder, part } of parts) {
    for (const name of (await listFolder(path.join(absolute, folder))).folders) {
      const label = labelOf.get(name);
      if (label === undefined) throw notInTrain(absolute, folder, name);
      const prefix = folder === "" ? `${name}/` : `${folder}/${name}/`;
      const before = photos.length;
      for await (const below of photosBelow(path.join(absolute, prefix), options.signal)) {
        photos.push({ path: prefix + below, label, part });
      }
      if (photos.length === before) throw emptyClass(absolute, prefix);
    }
  }
  photos.sort((one, other) => byCodeUnit(one.path, other.path));
  return { root: absolute, layout: split ? "split" : "classes", labels: classes, photos };
}

async function isSplitLayout(root: string, folders: readonly string[]): Promise<boolean> {
  if (!folders.includes("train") || !folders.every((name) => PART_FOLDERS.has(name))) return false;
  return (await listFolder(path.join(root, "train"))).folders.length > 0;
}

function partsOf(root: string, folders: readonly string[]) {
  const parts = folders.map((folder) => ({ folder, part: PART_FOLDERS.get(folder) }));
  const validation = parts.filter(({ part }) => part === "val").map(({ folder }) => `${folder}/`);
  if (validation.length > 1) {
    throw photosError(
      "dataset-ambiguous",
      `${root} has ${validation.join(" and ")}, which all mean validation photos.`,
      { subject: root, hint: "Keep one of them." },
    );
  }
  return parts;
}

async function requireFolder(root: string): Promise<void> {
  const found = await fs.stat(root).catch((cause: unknown) => {
    throw photosError("dataset-not-found", `There is no folder ${root}.`, {
      subject: root,
      hint: "Give a folder that has one folder of photos for each class.",
      cause,
    });
  });
  if (!found.isDirectory()) {
    throw photosError("dataset-not-a-folder", `${root} is not a folder.`, {
      subject: root,
      hint: "Give a folder that has one folder of photos for each class.",
    });
  }
}

function emptyDataset(root: string, strays: number): FleuronError {
  const found = strays === 0 ? "no photos" : `${strays} photos but no folder for any class`;
  return photosError("dataset-empty", `${root} has ${found}.`, {
    subject: root,
    hint: "Put the photos of each class into a folder named after the class, such as roses/ and tulips/.",
  });
}

function emptyClass(root: string, prefix: string): FleuronError {
  const subject = path.join(root, prefix);
  return photosError("class-empty", `The class folder ${subject} has no photos.`, {
    subject,
    hint: "Add photos (.jpg, .jpeg, .png, .webp), or delete the folder.",
  });
}

function oneClassOnly(root: string, name: string): FleuronError {
  return photosError("one-class-only", `${root} has only one class, ${name}.`, {
    subject: root,
    hint: "A classifier needs two or more: add another class folder, or give the folder above.",
  });
}

function notInTrain(root: string, folder: string, name: string): FleuronError {
  return photosError(
    "class-not-in-train",
    `${path.join(root, folder)} has the class ${name}, which train/ lacks.`,
    { subject: path.join(root, folder, name), hint: `Add train/${name}/, or delete ${folder}/${name}/.` },
  );
}
