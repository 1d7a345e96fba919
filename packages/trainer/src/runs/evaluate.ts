import { join, resolve } from "node:path";
import { checkOptions, withDefaults } from "@fleuron/model/options";
import { openRunFolder, RUN_FILES, runSettingsOf } from "@fleuron/run-folder";
import { batchSettingsOf, type LoopEvent, preprocessingForViews } from "@fleuron/training";
import type { EvaluationOfRun } from "../api.js";
import { runJob } from "../jobs/run-job.js";
import { type EvaluateOptions, evaluateOptions } from "../options/run-options.js";
import { measuredPhotos } from "./measured-photos.js";

/**
 * Evaluates a run on its validation photos, or on the photos of `data`, each seen as its recipe tests or as `tta` says.
 * A folder that has the run's validation photos is where they are now; of one that is divided, `val/` is taken, or `test/`.
 */
export async function* evaluate(options: EvaluateOptions): AsyncGenerator<LoopEvent, EvaluationOfRun> {
  checkOptions(evaluateOptions, options);
  const {
    run,
    signal,
    threads,
    data,
    part: wish,
    checkpoint,
    ...wanted
  } = withDefaults(evaluateOptions, options);
  const folder = resolve(run);
  const { record } = await openRunFolder(folder);
  const { plan, labels, seeds } = record;
  const recipe = runSettingsOf(record);
  const { tta = recipe.test ?? "none" } = wanted;
  const preprocessing = preprocessingForViews(record.preprocessing, tta);
  const { source, part, learntFrom, dataset, photos } = yield* measuredPhotos({
    folder,
    record,
    data,
    part: wish,
    preprocessing,
    views: tta,
    threads,
    signal,
  });
  const settings = batchSettingsOf(recipe, {
    network: plan.network,
    classes: labels.length,
    seed: seeds.seed,
    preprocessing,
  });
  const evaluation = yield* runJob(
    "evaluate",
    {
      plan,
      checkpoint: join(folder, RUN_FILES[checkpoint]),
      threads,
      labels,
      fittedToHalf: source === "validation",
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
  return { ...evaluation, tta, source, part, learntFrom };
}
