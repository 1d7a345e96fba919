/** Folders that divide photos instead of naming a class, as people write them: `Training`, `valid`, `test_set`. */
import path from "node:path";
import { photosError } from "../errors.js";
import { findTables } from "./labels/label-table.js";
import { listFolder } from "./list-photos.js";

export const partNames = ["train", "val", "test"] as const;
export type Part = (typeof partNames)[number];

/** A folder whose folders are classes. */
export interface PartFolder {
  /** Relative to the root, which is "". */
  readonly folder: string;
  /** `undefined` for the root itself. */
  readonly part: Part | undefined;
}

/** The root as its only part. */
export const WHOLE: PartFolder = { folder: "", part: undefined };

const PART_WORDS: ReadonlyMap<string, Part> = new Map([
  ["train", "train"],
  ["training", "train"],
  ["val", "val"],
  ["valid", "val"],
  ["validation", "val"],
  ["dev", "val"],
  ["eval", "val"],
  ["test", "test"],
  ["testing", "test"],
]);

/** The part that a folder's name says, in any case and beside other words; `undefined` where it says none, or two. */
export function partNamed(folder: string): Part | undefined {
  const words = folder
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
  const parts = new Set(words.flatMap((word) => PART_WORDS.get(word) ?? []));
  return parts.size === 1 ? [...parts][0] : undefined;
}

/**
 * The parts of a root: its folders, where all of them are named so and one is for training; else the root itself.
 *
 * @throws FleuronError `dataset-ambiguous` where two folders mean one part, and where parts have others beside them.
 */
export async function partsOf(root: string, folders: readonly string[]): Promise<readonly PartFolder[]> {
  const named: PartFolder[] = folders.map((folder) => ({ folder, part: partNamed(folder) }));
  const parts = named.filter(({ part }) => part !== undefined);
  const training = parts.filter(({ part }) => part === "train");
  const others = named.filter(({ part }) => part === undefined);
  if (training.length === 0) return [WHOLE];
  if (others.length > 0) {
    const inside = await Promise.all(parts.map(({ folder }) => tellsClasses(path.join(root, folder))));
    const divided = new Set(parts.filter((_, at) => inside[at]).map(({ part }) => part));
    if (divided.size < 2) return [WHOLE];
    throw besideParts(root, parts, others);
  }
  for (const part of partNames) requireOne(root, part, parts);
  return parts.length === 1 && !(await tellsClasses(path.join(root, parts[0]!.folder))) ? [WHOLE] : parts;
}

/** Whether a folder has folders that may be classes, or a file of labels: no class has either. */
async function tellsClasses(folder: string): Promise<boolean> {
  const { folders, photos } = await listFolder(folder);
  if (folders.length > 0 && photos.length === 0) return true;
  const { tables, others } = await findTables(folder);
  return tables.length + others.length > 0;
}

const listed = (folders: readonly PartFolder[]) => folders.map(({ folder }) => `${folder}/`).join(" and ");

function requireOne(root: string, part: Part, parts: readonly PartFolder[]): void {
  const same = parts.filter((other) => other.part === part);
  if (same.length < 2) return;
  const photos = { train: "training photos", val: "validation photos", test: "test photos" }[part];
  throw photosError("dataset-ambiguous", `${root} has ${listed(same)}, which all mean ${photos}.`, {
    subject: root,
    hint: "Keep one of them here, and move what is in the other into it or elsewhere.",
  });
}

const besideParts = (root: string, parts: readonly PartFolder[], others: readonly PartFolder[]) =>
  photosError(
    "dataset-ambiguous",
    `${root} is divided into ${listed(parts)}, but ${listed(others)} beside them ${others.length === 1 ? "is" : "are"} neither for training, nor validation, nor test.`,
    {
      subject: path.join(root, others[0]!.folder),
      hint: `Move ${listed(others)} elsewhere, or into one of them.`,
    },
  );
