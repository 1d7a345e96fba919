/** `data make`: drawn pictures as files, in a folder of the caller's choice. */

import path from "node:path";
import { fillFolder, folderFailure, namesBesideFilling, systemCode } from "@fleuron/files";
import type { WorkEvent } from "@fleuron/model";
import { checkOptions, withDefaults } from "@fleuron/model/options";
import { type MakeDrawnOptions, makeDrawnOptions } from "../../options/make-drawn-options.js";
import { datasetError } from "../errors.js";
import { drawFolder } from "./draw-folder.js";

/**
 * Draws the pictures and returns the folder's path. The same seed gives the same pictures; a larger count
 * adds to them. An empty folder that is there is filled. When it fails or is left, that folder is empty again, or gone where it
 * was made.
 *
 * @throws FleuronError `option-…`, `folder-not-empty`, `run-in-use`, `disk-full`, `file-unwritable`, `folder-unwritable`; `signal.reason`.
 */
export async function* makeDrawn(options: MakeDrawnOptions): AsyncGenerator<WorkEvent, string> {
  checkOptions(makeDrawnOptions, options);
  const { count, seed, format, threads, signal } = withDefaults(makeDrawnOptions, options);
  const folder = path.resolve(options.folder);
  const there = await namesBesideFilling(folder).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return [];
    throw folderFailure(folder, error);
  });
  if (there.length > 0) {
    throw datasetError("folder-not-empty", `${folder} is not empty.`, {
      subject: folder,
      hint: "Name one that is empty, or does not exist yet.",
    });
  }
  yield* fillFolder(folder, (temporary) =>
    drawFolder(temporary, { place: folder, count, seed, format, threads, signal }),
  );
  return folder;
}
