import path from "node:path";
import { type FolderListing, listFolder } from "./list-photos.js";

/** The folder in which there is more than one folder of its own name, as unpacking leaves it: `roses/roses` for `roses`. */
export async function unwrap(
  folder: string,
): Promise<{ readonly folder: string; readonly listing: FolderListing }> {
  const listing = await listFolder(folder);
  const { folders, photos } = listing;
  const [only] = folders;
  const wrapped = folders.length === 1 && only!.toLowerCase() === path.basename(folder).toLowerCase();
  return wrapped && photos.length === 0 ? unwrap(path.join(folder, only!)) : { folder, listing };
}
