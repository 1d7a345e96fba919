/** Fills a folder with drawn pictures, a folder per class, and says in it that they are drawn. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { DrawnLabel } from "@fleuron/drawn-flowers";
import { folderFailure, makeFolder, threadCount } from "@fleuron/files";
import { progress, type WorkEvent } from "@fleuron/model";
import { mapConcurrently } from "../../concurrency/map-concurrently.js";
import { threadPool } from "../../concurrency/thread-pool.js";
import type { PictureFormat } from "../../options/make-drawn-options.js";
import { measureFolder, writeMarker } from "../marker.js";
import type { DrawTask } from "./draw-task.js";

export interface DrawFolderOptions {
  /** What errors call the folder. */
  readonly place: string;
  /** The number of photos in all classes together, divided as evenly as possible. */
  readonly count: number;
  readonly seed: number;
  readonly format: PictureFormat;
  /** Drawing workers. Default: as many as there are processors. */
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @throws FleuronError `disk-full`, `folder-unwritable`; `signal.reason` on abort. */
export async function* drawFolder(
  folder: string,
  options: DrawFolderOptions,
): AsyncGenerator<WorkEvent, void> {
  const { place, count, seed, signal } = options;
  const { drawnLabels } = await import("@fleuron/drawn-flowers");
  const threads = threadCount(options.threads);
  const written = async <T>(work: Promise<T>) =>
    work.catch((cause: unknown) => {
      throw folderFailure(place, cause);
    });
  for (const label of drawnLabels) await written(makeFolder(path.join(folder, label)));
  const pool = threadPool(new URL("./draw-worker.js", import.meta.url), threads);
  const draw = (task: DrawTask): Promise<void> => written(pool.run(task));
  let completed = 0;
  try {
    for await (const _ of mapConcurrently(tasksFor(folder, drawnLabels, options), 2 * threads, draw)) {
      signal?.throwIfAborted();
      yield progress("drawing flowers", ++completed, count, "pictures");
    }
  } finally {
    await pool.destroy();
  }
  await written(writeFile(path.join(folder, "README.txt"), readme(drawnLabels, options)));
  const what = `Drawn pictures of flowers, not photos: ${count} of seed ${seed}.`;
  await written(
    writeMarker(folder, { formatVersion: 1, name: "procedural", what, ...(await measureFolder(folder)) }),
  );
}

function* tasksFor(
  folder: string,
  labels: readonly DrawnLabel[],
  { count, seed, format }: DrawFolderOptions,
): Generator<DrawTask> {
  const digits = String(count).length;
  for (let picture = 0; picture < count; picture++) {
    const label = labels[picture % labels.length]!;
    const index = Math.floor(picture / labels.length);
    const name = `drawn-${String(index).padStart(digits, "0")}.${format === "png" ? "png" : "jpg"}`;
    yield { label, seed, index, format, file: path.join(folder, label, name) };
  }
}

const readme = (
  labels: readonly string[],
  { count, seed }: DrawFolderOptions,
) => `These pictures are drawn, not photographed.

Fleuron drew ${count} flowers of five kinds (${labels.join(", ")})
from the seed ${seed}, to try training where there are no photos. What a network
learns from them says nothing about photos of real flowers. They are free of any rights.
`;
