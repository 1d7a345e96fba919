import { join, resolve } from "node:path";
import { preprocessingForViews } from "../../augmentation/views.js";
import { batchSettingsOf, type RunSettings } from "../../recipes/resolve.js";
import type { TrainerNodeApi } from "../api.js";
import { engineOfRun } from "../engines/engine-of-run.js";
import { evaluationOf } from "../evaluation.js";
import { runJob } from "../jobs/run-job.js";
import { openRunFolder, RUN_FILES } from "../run-folder/index.js";
import { measuredPhotos } from "./measured-photos.js";

export const evaluate: TrainerNodeApi["evaluate"] = async function* (options) {
  const { signal, threads, data, checkpoint = "best" } = options;
  const folder = resolve(options.run);
  const { record } = await openRunFolder(folder);
  const { plan, labels, seeds } = record;
  const recipe = record.settings as unknown as RunSettings;
  const { tta = recipe.test ?? "none" } = options;
  const preprocessing = preprocessingForViews(record.preprocessing, tta);
  const measured = yield* measuredPhotos({ folder, record, data, preprocessing, threads, signal });
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
      ...(await engineOfRun(record)),
      checkpoint: join(folder, RUN_FILES[checkpoint]),
      threads,
      data: {
        settings: { ...settings, testTimeAugmentation: tta },
        pixels: dataset.pixels,
        train: [],
        val: photos,
      },
    },
    signal,
  );
  return { ...evaluationOf(sums, labels), tta, source, part, learntFrom };
};
