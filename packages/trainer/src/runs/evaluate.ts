import { join, resolve } from "node:path";
import { type PreparedDataset, photosOfSplit, readSplit } from "@fleuron/photos";
import { openRunFolder, RUN_FILES } from "@fleuron/run-folder";
import { batchSettingsOf, preprocessingForViews, type RunSettings } from "@fleuron/training";
import type { TrainerNodeApi } from "../api.js";
import { evaluationOf } from "../evaluation.js";
import { runJob } from "../jobs/run-job.js";
import { requireKnownClasses } from "./labelled-photos.js";
import { heldOut, labelled, preparePhotos } from "./photos-of-run.js";

export const evaluate: TrainerNodeApi["evaluate"] = async function* (options) {
  const { signal, threads, checkpoint = "best" } = options;
  const folder = resolve(options.run);
  const { record } = await openRunFolder(folder);
  const { plan, labels, seeds } = record;
  const recipe = record.settings as unknown as RunSettings;
  const { tta = recipe.test ?? "none" } = options;
  const preprocessing = preprocessingForViews(record.preprocessing, tta);
  const data = options.data ?? record.dataset.path;
  const split =
    options.data === undefined ? heldOut(await readSplit(join(folder, RUN_FILES.split))) : undefined;
  const dataset = yield* preparePhotos(data, { preprocessing, threads, split, views: tta, signal });
  const photos = split ? labelled(photosOfSplit(dataset, split).val) : relabelled(dataset, labels);

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
  return { ...evaluationOf(sums, labels), tta };
};

/** All photos of another folder, with the run's classes. */
function relabelled(dataset: PreparedDataset, labels: readonly string[]) {
  requireKnownClasses(dataset, labels);
  const classes = dataset.labels.map((label) => labels.indexOf(label));
  return labelled(dataset.photos).map((photo) => ({ ...photo, label: classes[photo.label] }));
}
