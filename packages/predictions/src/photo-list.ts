// The photos of a file of predictions, one a line, in the order of its rows.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { replaceFile } from "@fleuron/files";
import { photosError } from "@fleuron/photos";
import { appending, linesOf, piecesOf } from "./lines.js";
import { LIST } from "./own-files.js";

const BYTE_ORDER_MARK = /^\ufeff/;

export interface PhotoList {
  readonly count: number;
  readonly sha256: string;
}

/**
 * Keeps the paths in a folder, so that they are looked for once.
 * @param check throws where they are not those that it has to be; then what the folder had before stays.
 */
export async function keepPhotos(
  folder: string,
  photos: AsyncIterable<string>,
  check: (list: PhotoList) => void,
): Promise<PhotoList> {
  const hash = createHash("sha256");
  let count = 0;
  let list: PhotoList | undefined;
  async function* lines(): AsyncGenerator<string> {
    for await (const photo of photos) {
      yield JSON.stringify(photo);
      count++;
    }
  }
  await replaceFile(join(folder, LIST), async (put) => {
    const append = appending(put);
    for await (const piece of piecesOf(lines())) {
      hash.update(piece);
      await append(piece);
    }
    list = { count, sha256: hash.digest("hex") };
    check(list);
  });
  return list!;
}

/** The paths from one on. */
export async function* keptPhotos(folder: string, from: number): AsyncGenerator<string> {
  let index = 0;
  for await (const line of linesOf(join(folder, LIST))) if (index++ >= from) yield JSON.parse(line) as string;
}

/**
 * The paths that a text file names, one a line.
 * @throws FleuronError `photos-not-found` for a file without any; `file-unreadable`.
 */
export async function* listedPhotos(file: string): AsyncGenerator<string> {
  let found = false;
  let first = true;
  for await (const line of linesOf(file)) {
    const photo = (first ? line.replace(BYTE_ORDER_MARK, "") : line).replace(/\r$/, "");
    first = false;
    if (photo === "") continue;
    found = true;
    yield photo;
  }
  if (found) return;
  throw photosError("photos-not-found", `There are no photos in ${file}.`, {
    subject: file,
    hint: "It has to have the path of a photo on each line.",
  });
}
