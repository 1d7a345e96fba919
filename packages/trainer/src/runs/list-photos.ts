import { photoPaths } from "@fleuron/photos";

/** Paths of photos, with each folder replaced by the photos below it. */
export async function listPhotos(paths: readonly string[]): Promise<readonly string[]> {
  const photos: string[] = [];
  for await (const photo of photoPaths(paths)) photos.push(photo);
  return photos;
}
