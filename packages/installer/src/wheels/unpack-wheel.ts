import { promises as fs } from "node:fs";
import path from "node:path";
import { makeFolder } from "@fleuron/files";
import { progress, throttle } from "@fleuron/model";
import { type Entry, openPromise, type ZipFile } from "yauzl";

/**
 * Writes the files of a wheel that `placeOf` gives a place below `folder`. yauzl refuses names that lead out of an
 * archive, and entries of another length than they say.
 */
export async function* unpackWheel(
  file: string,
  folder: string,
  placeOf: (entry: string) => string | undefined,
  signal: AbortSignal | undefined,
) {
  const archive = await openPromise(file, { autoClose: false });
  try {
    const wanted: (readonly [Entry, place: string])[] = [];
    for await (const entry of archive.eachEntry()) {
      const place = entry.fileName.endsWith("/") ? undefined : placeOf(entry.fileName);
      if (place !== undefined) wanted.push([entry, place]);
    }
    const total = wanted.reduce((sum, [entry]) => sum + entry.uncompressedSize, 0);
    const due = throttle(total);
    let completed = 0;
    for (const [entry, place] of wanted) {
      for await (const bytes of write(archive, entry, path.join(folder, place), signal)) {
        completed += bytes;
        if (due(completed)) yield progress(`unpacking ${path.basename(file)}`, completed, total, "bytes");
      }
    }
  } finally {
    archive.close();
  }
}

const isProgram = (file: string): boolean => path.basename(path.dirname(file)) === "bin";

/** Yields the lengths of the pieces. */
async function* write(archive: ZipFile, entry: Entry, target: string, signal: AbortSignal | undefined) {
  await makeFolder(path.dirname(target));
  const handle = await fs.open(target, "wx", isProgram(target) ? 0o755 : 0o666);
  try {
    for await (const chunk of await archive.openReadStreamPromise(entry)) {
      signal?.throwIfAborted();
      await handle.appendFile(chunk as Uint8Array);
      yield (chunk as Uint8Array).length;
    }
  } finally {
    await handle.close();
  }
}
