// A file that was found to be what a manifest describes is not hashed again while nobody has touched it.
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "@fleuron/files";
import { type BundleFile, type BundleModel, CHUNK_BYTES } from "@fleuron/model";
import { checkFiles } from "./check-files.js";

/** A file that was changed so recently may be changed again without another time: clocks of disks tick slowly. */
const SETTLED_MILLISECONDS = 2000;

/**
 * As {@link checkFiles}, but a large file is hashed once: a note in the folder `notes` keeps what the system says of it (size, times,
 * identity) and what it was compared with. Notes that cannot be written are none.
 * @throws as {@link checkFiles}.
 */
export async function checkFilesOnce(
  notes: string,
  folder: string,
  { files }: Pick<BundleModel, "files">,
  signal?: AbortSignal,
): Promise<void> {
  for (const file of files) {
    if (file.bytes <= CHUNK_BYTES) await checkFiles(folder, { files: [file] }, signal);
    else await checkOnce(notes, folder, file, signal);
  }
}

async function checkOnce(
  notes: string,
  folder: string,
  file: BundleFile,
  signal: AbortSignal | undefined,
): Promise<void> {
  const path = join(folder, file.path);
  const note = join(notes, sha256(path));
  const expected = sha256(JSON.stringify(file));
  const before = await stampOf(path);
  const known = await readFile(note, "utf8").catch(() => undefined);
  if (before && known === `${before.stamp} ${expected}`) return;
  await checkFiles(folder, { files: [file] }, signal);
  if (!before?.isSettled || (await stampOf(path))?.stamp !== before.stamp) return;
  const text = new TextEncoder().encode(`${before.stamp} ${expected}`);
  await writeAtomically(note, [text]).catch(() => undefined);
}

/** Undefined where there is none: looking into it says why. */
async function stampOf(path: string) {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (found === undefined) return undefined;
  const { dev, ino, size, mtimeNs, ctimeNs, mtimeMs, ctimeMs } = found;
  const touched = Math.max(Number(mtimeMs), Number(ctimeMs));
  return {
    stamp: [dev, ino, size, mtimeNs, ctimeNs].join(" "),
    isSettled: touched < Date.now() - SETTLED_MILLISECONDS,
  };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
