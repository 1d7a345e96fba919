import path from "node:path";
import type { ClassFolder, PartContents } from "./class-folder.js";
import { className } from "./class-name.js";
import { emptyClass } from "./folder-errors.js";
import { STRAY_PHOTO } from "./left-out.js";
import { filesBelow, listFolder } from "./list-photos.js";

/**
 * What a folder has by its folders, one for each class.
 *
 * @throws FleuronError `class-empty`
 */
export async function readClassFolders(
  root: string,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<PartContents> {
  const { folders, photos } = await listFolder(path.join(root, folder));
  const classes: ClassFolder[] = [];
  for (const name of folders) classes.push(await readClass(root, path.posix.join(folder, name), signal));
  requireFilled(root, classes);
  return { classes, leftOut: photos.map(() => STRAY_PHOTO) };
}

async function readClass(
  root: string,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<ClassFolder> {
  const photos: string[] = [];
  const leftOut: string[] = [];
  for await (const file of filesBelow(path.join(root, folder), signal)) {
    if ("photo" in file) photos.push(`${folder}/${file.photo}`);
    else leftOut.push(file.leftOut);
  }
  return { name: className(path.posix.basename(folder)), folder, photos, leftOut };
}

function requireFilled(root: string, folders: readonly ClassFolder[]): void {
  const empty = folders.find(({ photos }) => photos.length === 0);
  if (empty === undefined) return;
  const [filled, ...others] = folders.filter(({ photos }) => photos.length > 0);
  const liesDeeper = (photo: string) => photo.slice(filled!.folder.length + 1).includes("/");
  const beside = filled && others.length === 0 && filled.photos.every(liesDeeper) ? filled.folder : undefined;
  throw emptyClass(path.join(root, empty.folder), empty.leftOut, beside && path.join(root, beside));
}
