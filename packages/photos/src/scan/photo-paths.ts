import { promises as fs } from "node:fs";
import { join } from "node:path";
import { photosError } from "../errors.js";
import { photosBelow } from "./list-photos.js";

export { cacheFolder } from "../cache/cache-place.js";

/**
 * Paths of photos, with each folder replaced by the photos below it.
 * @throws FleuronError `photos-not-found` for a folder without photos; those of {@link photosBelow}.
 */
export async function* photoPaths(paths: readonly string[], signal?: AbortSignal): AsyncGenerator<string> {
  for (const path of paths) {
    if (await isFolder(path)) yield* photosOfFolder(path, signal);
    else yield path;
  }
}

/** All of {@link photoPaths}. */
export async function listPhotos(paths: readonly string[]): Promise<readonly string[]> {
  const photos: string[] = [];
  for await (const photo of photoPaths(paths)) photos.push(photo);
  return photos;
}

const isFolder = (path: string): Promise<boolean> =>
  fs.stat(path).then(
    (stat) => stat.isDirectory(),
    () => false,
  );

async function* photosOfFolder(folder: string, signal: AbortSignal | undefined): AsyncGenerator<string> {
  let found = false;
  for await (const photo of photosBelow(folder, signal)) {
    found = true;
    yield join(folder, photo);
  }
  if (found) return;
  throw photosError("photos-not-found", `There are no photos in ${folder}.`, {
    subject: folder,
    hint: "Photos are .jpg, .jpeg, .png and .webp.",
  });
}
