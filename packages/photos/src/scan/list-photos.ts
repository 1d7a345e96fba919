/** Lists folders: which folders and photos they have, hidden ones left out, symbolic links followed. */
import { type Dirent, promises as fs } from "node:fs";
import path from "node:path";
import { photosError } from "../errors.js";
import { byCodeUnit } from "./code-units.js";

const PHOTO_EXTENSION = /\.(jpe?g|png|webp)$/i;

/** Names of the folders and of the photos directly in a folder, sorted by code unit. */
export interface FolderListing {
  readonly folders: readonly string[];
  readonly photos: readonly string[];
}

/** @throws FleuronError `dataset-unreadable` */
export async function listFolder(folder: string): Promise<FolderListing> {
  const folders: string[] = [];
  const photos: string[] = [];
  for (const entry of await readEntries(folder)) {
    if (entry.name.startsWith(".")) continue;
    const kind = await kindOf(folder, entry);
    if (kind === "folder") folders.push(entry.name);
    if (kind === "file" && PHOTO_EXTENSION.test(entry.name)) photos.push(entry.name);
  }
  return { folders: folders.sort(byCodeUnit), photos: photos.sort(byCodeUnit) };
}

/**
 * Paths of all photos at any depth below `folder`, relative to it, with forward slashes. A symbolic link
 * to a folder that encloses it is not followed.
 */
export async function* photosBelow(folder: string, signal?: AbortSignal): AsyncGenerator<string> {
  yield* descend(folder, "", new Set(), signal);
}

async function* descend(
  folder: string,
  prefix: string,
  enclosing: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  signal?.throwIfAborted();
  const real = await fs.realpath(folder);
  if (enclosing.has(real)) return;
  const { folders, photos } = await listFolder(folder);
  for (const photo of photos) yield prefix + photo;
  for (const below of folders) {
    yield* descend(path.join(folder, below), `${prefix}${below}/`, new Set([...enclosing, real]), signal);
  }
}

async function readEntries(folder: string): Promise<Dirent[]> {
  try {
    return await fs.readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw photosError("dataset-unreadable", `The folder ${folder} cannot be listed.`, {
      subject: folder,
      hint: "Check its permissions.",
      cause,
    });
  }
}

async function kindOf(folder: string, entry: Dirent): Promise<"file" | "folder" | "other"> {
  const target = entry.isSymbolicLink() ? await followLink(path.join(folder, entry.name)) : entry;
  if (target?.isDirectory()) return "folder";
  return target?.isFile() ? "file" : "other";
}

/** `undefined` for a link that leads nowhere. */
async function followLink(link: string) {
  try {
    return await fs.stat(link);
  } catch {
    return undefined;
  }
}
