/** What is wrong with a folder of photos, and what was probably meant. No hint says to delete anything. */
import path from "node:path";
import { counted, type FleuronError } from "@fleuron/model";
import { photosError } from "../errors.js";
import { looseName } from "./class-name.js";
import { countLeftOut, leftOutInWords } from "./left-out.js";
import type { FolderListing } from "./list-photos.js";

const SORT = "Put the photos of each class into a folder named after the class, such as roses/ and tulips/.";

const LABELS = "Or give their classes in a file metadata.csv with the columns file_name and label.";

const GIVE = "Give a folder that has one folder of photos for each class.";

export const missingFolder = (root: string, cause: unknown): FleuronError =>
  photosError("dataset-not-found", `There is no folder ${root}.`, { subject: root, hint: GIVE, cause });

export const notAFolder = (root: string): FleuronError =>
  photosError("dataset-not-a-folder", `${root} is not a folder.`, {
    subject: root,
    hint: isArchive(path.extname(root)) ? "Unpack it, and give the folder that comes of it." : GIVE,
  });

/** Files lie there, but none in a folder of a class. */
export function emptyDataset(root: string, { photos, leftOut }: FolderListing): FleuronError {
  if (photos.length > 0) {
    const found = `${counted(photos.length, "photo")} but no folder for any class`;
    const hint = leftOut.some((ending) => /^\.(csv|jsonl|tsv|txt)$/.test(ending))
      ? `${SORT} ${LABELS}`
      : SORT;
    return photosError("dataset-empty", `${root} has ${found}.`, { subject: root, hint });
  }
  return photosError("dataset-empty", `${root} has no photos${insteadOfPhotos(leftOut)}.`, {
    subject: root,
    hint: leftOut.some(isArchive) ? "Unpack the archives, and give the folder that comes of them." : SORT,
  });
}

/** `beside`: the one folder of the root that has folders of photos in it. */
export function emptyClass(
  folder: string,
  leftOut: readonly string[],
  beside: string | undefined,
): FleuronError {
  const hint = leftOut.some(isArchive)
    ? "Unpack the archives in it."
    : beside === undefined
      ? "Add photos (.jpg, .jpeg, .png, .webp), or move it elsewhere."
      : `Move it elsewhere, or give ${beside} if the classes lie in there.`;
  const message = `The class folder ${folder} has no photos${insteadOfPhotos(leftOut)}.`;
  return photosError("class-empty", message, { subject: folder, hint });
}

const insteadOfPhotos = (leftOut: readonly string[]) =>
  leftOut.length === 0 ? "" : `, but ${leftOutInWords(countLeftOut(leftOut))}`;

const isArchive = (ending: string): boolean => /^\.(zip|tar|t?gz|t?bz2|t?xz|7z|rar)$/i.test(ending);

/** `inside`: the folders of that one folder, where it has no photos of its own. */
export function oneClassOnly(root: string, name: string, inside: readonly string[]): FleuronError {
  return inside.length > 1
    ? photosError(
        "one-class-only",
        `${root} has only one folder, ${name}, with folders in it: ${some(inside)}.`,
        {
          subject: root,
          hint: `If those are the classes, give ${path.join(root, name)} with \`data\`. If it is a class, add another beside it.`,
        },
      )
    : photosError("one-class-only", `${root} has only one class, ${name}.`, {
        subject: root,
        hint: "A classifier needs two or more: add another class folder, or give the folder above.",
      });
}

/** `folder`'s class of that `name` is none of the `labels` of the folder for training. */
export function notInTrain(
  root: string,
  {
    folder,
    name,
    training,
    labels,
  }: {
    readonly folder: string;
    readonly name: string;
    readonly training: string;
    readonly labels: readonly string[];
  },
): FleuronError {
  const alike = labels.find((known) => looseName(known) === looseName(name));
  const lacks = `${path.join(root, folder)} has the class ${name}, which ${training}/ lacks`;
  const [message, hint] =
    alike === undefined
      ? [`${lacks}.`, `Add ${training}/${name}/, or move ${folder}/${name}/ elsewhere.`]
      : [`${lacks}; it has ${alike}.`, `Give ${folder}/${name}/ and ${training}/${alike}/ one name.`];
  return photosError("class-not-in-train", message, { subject: path.join(root, folder, name), hint });
}

/** The folders of a root that look like folds or parts, for the same folders are in each. */
export function classesAlike(
  root: string,
  folders: readonly string[],
  shared: readonly string[],
): FleuronError {
  return photosError(
    "dataset-ambiguous",
    `${root} has ${some(folders)} with the same folders in each (${some(shared)}): which of them are the classes?`,
    {
      subject: root,
      hint:
        `If ${some(shared)} are, name what divides them train/, val/ and test/, or give one of them with \`data\`, ` +
        `such as ${path.join(root, folders[0]!)}. If ${some(folders)} are, put their photos right into them.`,
    },
  );
}

const some = (names: readonly string[]) =>
  `${names.slice(0, 3).join(", ")}${names.length > 3 ? " and others" : ""}`;
