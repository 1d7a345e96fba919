import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fail } from "../arguments.js";

/** The first photos, by name, of the first classes of a folder: their paths by their class. */
export async function firstPhotos(
  data: string,
  { classes, perClass }: { readonly classes: number; readonly perClass: number },
): Promise<ReadonlyMap<string, readonly string[]>> {
  const entries = await readdir(data, { withFileTypes: true });
  const folders = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  if (folders.length < classes) fail(`--data must have ${classes} folders of photos: ${data} has fewer.`);
  const photos = new Map<string, readonly string[]>();
  for (const label of folders.slice(0, classes)) {
    const names = (await readdir(join(data, label))).filter((name) => /\.(jpe?g|png)$/i.test(name)).sort();
    if (names.length < perClass) fail(`--data must have ${perClass} photos of '${label}': there are fewer.`);
    photos.set(
      label,
      names.slice(0, perClass).map((name) => join(data, label, name)),
    );
  }
  return photos;
}
