/** `data make`: drawn pictures as files, in a folder of the caller's choice. */

import { promises as fs } from "node:fs";
import path from "node:path";
import { folderFailure, newFolder, systemCode } from "@fleuron/files";
import type { WorkEvent } from "@fleuron/model";
import { datasetError } from "../errors.js";
import { drawFolder } from "./draw-folder.js";
import type { PictureFormat } from "./draw-task.js";

export interface MakeDrawnOptions {
  /** A folder that is not there yet, or empty. */
  readonly folder: string;
  /** The number of photos in all five classes together. Default 2,000. */
  readonly count?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Default "jpeg". */
  readonly format?: PictureFormat;
  /** Drawing workers. Default: as many as there are processors. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

export const DRAWN_COUNT = 2000;

/**
 * Draws the pictures and returns the folder's path. The same seed gives the same pictures; a larger count
 * adds to them. When it fails or is left, no folder stays.
 *
 * @throws FleuronError `folder-not-empty`, `count-too-small`, `disk-full`, `folder-unwritable`; `signal.reason`.
 */
export async function* makeDrawn(options: MakeDrawnOptions): AsyncGenerator<WorkEvent, string> {
  const { count = DRAWN_COUNT, seed = 0, format = "jpeg", threads, signal } = options;
  const folder = path.resolve(options.folder);
  const there = await fs.readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return undefined;
    throw folderFailure(folder, error);
  });
  if (there !== undefined && there.length > 0) {
    throw datasetError("folder-not-empty", `${folder} has something in it.`, {
      subject: folder,
      hint: "Name a folder that does not exist yet.",
    });
  }
  if (there !== undefined) await fs.rmdir(folder);
  yield* newFolder(folder, (temporary) =>
    drawFolder(temporary, { place: folder, count, seed, format, threads, signal }),
  );
  return folder;
}
