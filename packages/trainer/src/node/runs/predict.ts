import { promises as fs } from "node:fs";
import { join, resolve } from "node:path";
import { rankLabels } from "@fleuron/model";
import { trainerError } from "../../errors.js";
import type { Prediction, TrainerNodeApi } from "../api.js";
import { runJob } from "../jobs/run-job.js";
import { listFolder } from "../photos/list-photos.js";
import { openRunFolder, RUN_FILES } from "../run-folder/index.js";

export const predict: TrainerNodeApi["predict"] = async function* (options) {
  const { signal, threads, checkpoint = "best", topK = 3 } = options;
  const folder = resolve(options.run);
  const { record } = await openRunFolder(folder);
  const photos = (await Promise.all(options.photos.map(expand))).flat();
  const results = yield* runJob(
    "predict",
    {
      plan: record.plan,
      checkpoint: join(folder, RUN_FILES[checkpoint]),
      engine: record.engine.engine,
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

/** A folder stands for the photos in it. */
async function expand(path: string): Promise<readonly string[]> {
  const isFolder = await fs.stat(path).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
  if (!isFolder) return [path];
  const { photos } = await listFolder(path);
  if (photos.length === 0) {
    throw trainerError("plan-invalid", `There are no photos in ${path}.`, {
      subject: path,
      hint: "Photos are .jpg, .jpeg, .png and .webp.",
    });
  }
  return photos.map((photo) => join(path, photo));
}
