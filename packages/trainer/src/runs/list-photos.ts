import { promises as fs } from "node:fs";
import { join } from "node:path";
import { photosBelow } from "@fleuron/photos";
import { trainerError } from "@fleuron/training";

/** Paths of photos, with each folder replaced by the photos below it. */
export const listPhotos = async (paths: readonly string[]): Promise<readonly string[]> =>
  (await Promise.all(paths.map(expand))).flat();

/** A folder stands for the photos below it. */
async function expand(path: string): Promise<readonly string[]> {
  const isFolder = await fs.stat(path).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
  if (!isFolder) return [path];
  const photos: string[] = [];
  for await (const photo of photosBelow(path)) photos.push(join(path, photo));
  if (photos.length === 0) {
    throw trainerError("plan-invalid", `There are no photos in ${path}.`, {
      subject: path,
      hint: "Photos are .jpg, .jpeg, .png and .webp.",
    });
  }
  return photos;
}
