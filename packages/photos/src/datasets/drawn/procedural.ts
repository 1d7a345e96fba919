/** The drawn data set that `train` falls back on, in the user's cache folder. */
import { rm } from "node:fs/promises";
import path from "node:path";
import { lockFolder, newFolder } from "@fleuron/files";
import type { WorkEvent } from "@fleuron/model";
import { cacheFolder } from "../../cache/cache-place.js";
import { makeDrawnOptions } from "../../options/make-drawn-options.js";
import { isComplete } from "../marker.js";
import { drawFolder } from "./draw-folder.js";

/** Raise it when the same seed draws other pictures than before. */
const DRAWING_VERSION = 1;

export interface ProceduralOptions {
  /** Default: as {@link cacheFolder} says. */
  readonly cacheFolder?: string | undefined;
  /** Default 2,000. */
  readonly count?: number;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The folder of the drawn pictures, drawn unless they are there. Two processes may call it at once. */
export async function* proceduralFolder(options: ProceduralOptions = {}): AsyncGenerator<WorkEvent, string> {
  const { count = makeDrawnOptions.count.default, threads, signal } = options;
  const folder = path.join(
    cacheFolder(options.cacheFolder),
    "datasets",
    `procedural-${DRAWING_VERSION}-${count}`,
  );
  signal?.throwIfAborted();
  if (await isComplete(folder)) return folder;
  await using _ = yield* lockFolder(path.dirname(folder), signal);
  if (await isComplete(folder)) return folder;
  await rm(folder, { recursive: true, force: true });
  yield* newFolder(folder, (temporary) =>
    drawFolder(temporary, { place: folder, count, seed: 0, format: "jpeg", threads, signal }),
  );
  return folder;
}
