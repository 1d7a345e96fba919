import { join, resolve } from "node:path";
import { rankLabels } from "@fleuron/model";
import { checkOptions, withDefaults } from "@fleuron/model/options";
import { openRunFolder, RUN_FILES } from "@fleuron/run-folder";
import type { LoopEvent } from "@fleuron/training";
import type { Prediction, UnreadablePhoto } from "../api.js";
import { runJob } from "../jobs/run-job.js";
import { type PredictOptions, predictOptions } from "../options/run-options.js";
import { listPhotos } from "./list-photos.js";

export interface NamedPhotos {
  readonly predictions: readonly Prediction[];
  readonly unreadable: readonly UnreadablePhoto[];
}

/** Names photos; a folder stands for the photos in it. Yields progress; returns results in order. */
export async function* predict(options: PredictOptions): AsyncGenerator<LoopEvent, NamedPhotos> {
  checkOptions(predictOptions, options);
  const { run, signal, threads, checkpoint, topK } = withDefaults(predictOptions, options);
  const folder = resolve(run);
  const { record } = await openRunFolder(folder);
  const photos = await listPhotos(options.photos);
  const results = yield* runJob(
    "predict",
    {
      plan: record.plan,
      checkpoint: join(folder, RUN_FILES[checkpoint]),
      threads,
      photos,
      preprocessing: record.preprocessing,
    },
    signal,
  );
  return {
    predictions: results.flatMap((result): Prediction[] =>
      "probabilities" in result
        ? [{ photo: result.photo, predictions: rankLabels(result.probabilities, record.labels, topK) }]
        : [],
    ),
    unreadable: results.flatMap((result) => ("code" in result ? [result] : [])),
  };
}
