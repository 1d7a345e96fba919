/** Decodes many photos in worker threads. */
import { PixelBudget } from "@fleuron/runtime-node/photos";
import type { PhotoRecord } from "../cache/dataset-index.js";
import type { PixelSource } from "../cache/pixel-reader.js";
import { mapConcurrently } from "../concurrency/map-concurrently.js";
import { threadPool } from "../concurrency/thread-pool.js";
import { cacheNotWritable, type PhotosEvent, progressOfPhotos } from "../events.js";
import type { DecodeAnswer, DecodeTask } from "./decode-task.js";
import decodeHere from "./decode-worker.js";

export interface DecodeAllOptions {
  readonly threads: number;
  readonly signal: AbortSignal | undefined;
  /** What its progress calls it. */
  readonly task: string;
  /** Called with each photo's record as it comes. */
  readonly found: (record: PhotoRecord) => void | Promise<void>;
}

/** Starting a worker takes as long as decoding some photos. */
const PHOTOS_WORTH_A_WORKER = 8;

/** So few are decoded here before a worker would have started. */
const FEW = 12;

/** On abort, waits for the photos that are under way: ending a thread inside the decoder is not safe. */
export async function* decodeAll(
  paths: readonly string[],
  source: PixelSource,
  { threads, signal, task, found }: DecodeAllOptions,
): AsyncGenerator<PhotosEvent> {
  const workers = Math.max(1, Math.min(threads, Math.ceil(paths.length / PHOTOS_WORTH_A_WORKER)));
  const module = new URL("./decode-worker.js", import.meta.url);
  const pool =
    paths.length > FEW ? threadPool(module, workers) : { run: decodeHere, destroy: () => undefined };
  const { shared: budget } = new PixelBudget();
  const decode = (path: string): Promise<DecodeAnswer> => {
    return pool.run({ source, path, budget } satisfies DecodeTask);
  };
  let completed = 0;
  let warned = false;
  try {
    for await (const { record, cacheError } of mapConcurrently(paths, workers * 2, decode)) {
      await found(record);
      signal?.throwIfAborted();
      if (cacheError !== undefined && !warned) {
        warned = true;
        yield cacheNotWritable(cacheError);
      }
      yield progressOfPhotos(task, ++completed, paths.length);
    }
  } finally {
    await pool.destroy();
  }
}
