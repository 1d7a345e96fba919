import { join, resolve } from "node:path";
import { checkOptions, withDefaults } from "@fleuron/model/options";
import { listPhotos } from "@fleuron/photos/paths";
import { openRunFolder, RUN_FILES } from "@fleuron/run-folder";
import type { LoopEvent } from "@fleuron/training";
import type { Prediction, UnreadablePhoto } from "../api.js";
import { runHere } from "../jobs/run-here.js";
import { runJob } from "../jobs/run-job.js";
import { type PredictOptions, predictOptions } from "../options/run-options.js";

export interface NamedPhotos {
  readonly predictions: readonly Prediction[];
  readonly unreadable: readonly UnreadablePhoto[];
}

/** So many photos are named before a thread would have loaded. */
const FEW_PHOTOS = 16;

/** Names photos; a folder stands for the photos in it. Yields progress; returns results in order. */
export async function* predict(options: PredictOptions): AsyncGenerator<LoopEvent, NamedPhotos> {
  checkOptions(predictOptions, options);
  const { run, signal, threads, checkpoint, topK } = withDefaults(predictOptions, options);
  const folder = resolve(run);
  const { record } = await openRunFolder(folder);
  const photos = yield* listPhotos(options.photos, signal);
  const { plan, labels, preprocessing } = record;
  const weights = { plan, labels, preprocessing, checkpoint: join(folder, RUN_FILES[checkpoint]) };
  const forFewPhotos = photos.length <= FEW_PHOTOS;
  const work = forFewPhotos ? runHere : runJob;
  const results = yield* work("predict", { ...weights, threads, topK, photos, forFewPhotos }, signal);
  return {
    predictions: results.flatMap((result) => ("predictions" in result ? [result] : [])),
    unreadable: results.flatMap((result) => ("code" in result ? [result] : [])),
  };
}
