/** Lists folders: which folders and photos they have, hidden ones and the system's left out, symbolic links followed. */

import { type Dirent, promises as fs } from "node:fs";
import path from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { byCodeUnit } from "@fleuron/model";
import { photosError } from "../errors.js";
import { hasPhotoContent } from "./photo-content.js";
import { isNobodys } from "./system-files.js";

/** Files between which signals are heard. */
const BREATHE_EVERY = 1000;

const PHOTO_EXTENSION = /\.(jpe?g|png|webp)$/i;

/** Names of the folders and of the photos directly in a folder, sorted by code unit. */
export interface FolderListing {
  readonly folders: readonly string[];
  readonly photos: readonly string[];
  /** What the other files are: the ending of each, or {@link NO_ENDING}, or {@link DANGLING_LINK}. */
  readonly leftOut: readonly string[];
}

export const NO_ENDING = "no ending";
export const DANGLING_LINK = "dangling link";

/**
 * Photos are the files with the ending of one, unopened, and those of any other ending with the content of one.
 *
 * @throws FleuronError `dataset-unreadable`
 */
export async function listFolder(folder: string): Promise<FolderListing> {
  const folders: string[] = [];
  const photos: string[] = [];
  const leftOut: string[] = [];
  const entries = (await readEntries(folder)).filter(({ name }) => !isNobodys(name));
  for (const [at, entry] of entries.entries()) {
    const kind = await kindOf(folder, entry);
    if (kind === "folder") folders.push(entry.name);
    else if (kind === "photo") photos.push(entry.name);
    else if (kind !== undefined) leftOut.push(kind.leftOut);
    if (at % BREATHE_EVERY === BREATHE_EVERY - 1) await breathe();
  }
  return { folders: folders.sort(byCodeUnit), photos: photos.sort(byCodeUnit), leftOut };
}

/** A photo by its path relative to the folder, with forward slashes, or what was left out. */
export type FileBelow = { readonly photo: string } | { readonly leftOut: string };

/** All files at any depth below `folder`. A symbolic link to a folder that encloses it is not followed. */
export async function* filesBelow(folder: string, signal?: AbortSignal): AsyncGenerator<FileBelow> {
  yield* descend(folder, "", new Set(), signal);
}

/** Paths of all photos at any depth below `folder`, relative to it, with forward slashes. */
export async function* photosBelow(folder: string, signal?: AbortSignal): AsyncGenerator<string> {
  for await (const file of filesBelow(folder, signal)) if ("photo" in file) yield file.photo;
}

async function* descend(
  folder: string,
  prefix: string,
  enclosing: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<FileBelow> {
  signal?.throwIfAborted();
  const real = await fs.realpath(folder).catch((cause: unknown) => {
    throw unlistable(folder, cause);
  });
  if (enclosing.has(real)) return;
  const { folders, photos, leftOut } = await listFolder(folder);
  for (const photo of photos) yield { photo: prefix + photo };
  for (const what of leftOut) yield { leftOut: what };
  for (const below of folders) {
    yield* descend(path.join(folder, below), `${prefix}${below}/`, new Set([...enclosing, real]), signal);
  }
}

async function readEntries(folder: string): Promise<Dirent[]> {
  try {
    return await fs.readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw unlistable(folder, cause);
  }
}

const unlistable = (folder: string, cause: unknown) =>
  photosError("dataset-unreadable", `The folder ${folder} cannot be listed.`, {
    subject: folder,
    hint: "Check its permissions.",
    cause,
  });

type Kind = "folder" | "photo" | { readonly leftOut: string };

/** `undefined` for what is neither file nor folder, such as a socket. */
async function kindOf(folder: string, entry: Dirent): Promise<Kind | undefined> {
  const file = path.join(folder, entry.name);
  const target = entry.isSymbolicLink() ? await fs.stat(file).catch(() => undefined) : entry;
  if (target === undefined) return { leftOut: DANGLING_LINK };
  if (target.isDirectory()) return "folder";
  if (!target.isFile()) return undefined;
  if (PHOTO_EXTENSION.test(entry.name) || hasPhotoContent(file)) return "photo";
  return { leftOut: path.extname(entry.name).toLowerCase() || NO_ENDING };
}
