import { promises as fs } from "node:fs";
import { join } from "node:path";
import { photosError } from "../errors.js";
import type { PhotosWarning } from "../events.js";
import { countLeftOut, leftOutWarning } from "./left-out.js";
import { filesBelow } from "./list-photos.js";

export { cacheFolder } from "../cache/cache-place.js";

export interface PhotoPathsOptions {
  readonly signal?: AbortSignal | undefined;
  /** Gets what other files the folders hold: the ending of each, such as ".heic". */
  readonly leftOut?: string[];
}

/**
 * Paths of photos, with each folder replaced by the photos below it.
 * @throws FleuronError `photos-not-found` for a folder without photos, `dataset-unreadable`; the signal's reason.
 */
export async function* photoPaths(
  paths: readonly string[],
  options: PhotoPathsOptions = {},
): AsyncGenerator<string> {
  for (const path of paths) {
    if (await isFolder(path)) yield* photosOfFolder(path, options);
    else yield path;
  }
}

/** All of {@link photoPaths}, with a warning of what is left out. */
export async function* listPhotos(
  paths: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<PhotosWarning, readonly string[]> {
  const photos: string[] = [];
  const leftOut: string[] = [];
  for await (const photo of photoPaths(paths, { signal, leftOut })) photos.push(photo);
  yield* leftOutWarnings(leftOut);
  return photos;
}

/** The warning of what {@link photoPaths} left out, if it left out anything. */
export function* leftOutWarnings(leftOut: readonly string[]): Generator<PhotosWarning> {
  if (leftOut.length > 0) yield leftOutWarning(countLeftOut(leftOut));
}

const isFolder = (path: string): Promise<boolean> =>
  fs.stat(path).then(
    (stat) => stat.isDirectory(),
    () => false,
  );

async function* photosOfFolder(
  folder: string,
  { signal, leftOut }: PhotoPathsOptions,
): AsyncGenerator<string> {
  let found = false;
  for await (const file of filesBelow(folder, signal)) {
    if ("leftOut" in file) leftOut?.push(file.leftOut);
    else {
      found = true;
      yield join(folder, file.photo);
    }
  }
  if (found) return;
  throw photosError("photos-not-found", `There are no photos in ${folder}.`, {
    subject: folder,
    hint: "Photos are .jpg, .jpeg, .png and .webp.",
  });
}
