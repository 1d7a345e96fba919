import { join, resolve } from "node:path";
import { openRunFolder, RUN_FILES, runSettingsOf } from "@fleuron/run-folder";
import { batchSettingsOf, preprocessingForViews } from "@fleuron/training";
import type { TrainerNodeApi } from "../api.js";
import { evaluationOf } from "../evaluation.js";
import { runJob } from "../jobs/run-job.js";
import { measuredPhotos } from "./measured-photos.js";

export const evaluate: TrainerNodeApi["evaluate"] = async function* (options) {
  const { signal, threads, data, checkpoint = "best" } = options;
  const folder = resolve(options.run);
  const { record } = await openRunFolder(folder);
  const { plan, labels, seeds } = record;
  const recipe = runSettingsOf(record);
  const { tta = recipe.test ?? "none" } = options;
  const preprocessing = preprocessingForViews(record.preprocessing, tta);
  const measured = yield* measuredPhotos({
    folder,
    record,
    data,
    preprocessing,
    views: tta,
    threads,
    signal,
  });
  const { source, part, learntFrom, dataset, photos } = measured;

  const settings = batchSettingsOf(recipe, {
    network: plan.network,
    classes: labels.length,
    seed: seeds.seed,
    preprocessing,
  });
  const sums = yield* runJob(
    "evaluate",
    {
      plan,
      checkpoint: join(folder, RUN_FILES[checkpoint]),
      threads,
      data: {
        settings: { ...settings, testTimeAugmentation: tta },
        pixels: dataset.pixels,
        valPixels: dataset.pixels,
        train: [],
        val: photos,
      },
    },
    signal,
  );
  return { ...evaluationOf(sums, labels), tta, source, part, learntFrom };
};
