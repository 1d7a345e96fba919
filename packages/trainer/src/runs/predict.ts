import { join, resolve } from "node:path";
import { rankLabels } from "@fleuron/model";
import { openRunFolder, RUN_FILES } from "@fleuron/run-folder";
import type { Prediction, TrainerNodeApi } from "../api.js";
import { runJob } from "../jobs/run-job.js";
import { listPhotos } from "./list-photos.js";

export const predict: TrainerNodeApi["predict"] = async function* (options) {
  const { signal, threads, checkpoint = "best", topK = 3 } = options;
  const folder = resolve(options.run);
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
};
