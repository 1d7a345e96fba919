/** What is wrong with a folder of photos, and what was probably meant. No hint says to delete anything. */
import path from "node:path";
import type { FleuronError } from "@fleuron/model";
import { photosError } from "../errors.js";

const GIVE = "Give a folder that has one folder of photos for each class.";

export const missingFolder = (root: string, cause: unknown): FleuronError =>
  photosError("dataset-not-found", `There is no folder ${root}.`, { subject: root, hint: GIVE, cause });

export const notAFolder = (root: string): FleuronError =>
  photosError("dataset-not-a-folder", `${root} is not a folder.`, { subject: root, hint: GIVE });

export function emptyDataset(root: string, strays: number): FleuronError {
  const found = strays === 0 ? "no photos" : `${strays} photos but no folder for any class`;
  return photosError("dataset-empty", `${root} has ${found}.`, {
    subject: root,
    hint: "Put the photos of each class into a folder named after the class, such as roses/ and tulips/.",
  });
}

export function emptyClass(root: string, prefix: string): FleuronError {
  const subject = path.join(root, prefix);
  return photosError("class-empty", `The class folder ${subject} has no photos.`, {
    subject,
    hint: "Add photos (.jpg, .jpeg, .png, .webp), or delete the folder.",
  });
}

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

/** `alike`: a class of the training folder whose name hardly differs. */
export function notInTrain(
  root: string,
  [folder, name]: readonly [folder: string, name: string],
  training: string,
  alike: string | undefined,
): FleuronError {
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
