import { join } from "node:path";
import { checkOnce } from "@fleuron/files";
import { type BundleModel, CHUNK_BYTES } from "@fleuron/model";
import { checkFiles } from "./check-files.js";

/**
 * As {@link checkFiles}, but a large file is hashed once: a note in the folder `notes` keeps what it was compared with.
 * @throws as {@link checkFiles}.
 */
export async function checkFilesOnce(
  notes: string,
  folder: string,
  { files }: Pick<BundleModel, "files">,
  signal?: AbortSignal,
): Promise<void> {
  for (const file of files) {
    const check = () => checkFiles(folder, { files: [file] }, signal);
    if (file.bytes <= CHUNK_BYTES) await check();
    else await checkOnce({ notes, path: join(folder, file.path), expected: JSON.stringify(file), check });
  }
}
