// Starts a run: photos, split, folder, and then the computing thread.
import { dirname, join, resolve } from "node:path";
import { type NetworkName, resolveNetwork, summarise } from "@fleuron/model";
import { trainerError } from "../../errors.js";
import { recipes } from "../../recipes/index.js";
import type { Recipe } from "../../recipes/recipe.js";
import { adaptRecipe, batchSettingsOf, planOf, preprocessingOf } from "../../recipes/resolve.js";
import type { RunEvent, TrainOptions } from "../api.js";
import { chooseEngine } from "../engines/index.js";
import { photosOfSplit, type Split, splitDataset, writeSplit } from "../photos/index.js";
import {
  createRunFolder,
  describeMachine,
  describeVersions,
  RUN_FILES,
  type RunRecord,
  writeLatestRun,
} from "../run-folder/index.js";
import { checkTrainOptions } from "./check-options.js";
import { followRun } from "./follow-run.js";
import { labelled, preparePhotos } from "./photos-of-run.js";

const defaultImageSize = 227;
const defaultCheckpointInterval = { unit: "minutes", minutes: 5 } as const;

export async function* train(
  options: TrainOptions & { readonly signal?: AbortSignal },
): AsyncGenerator<RunEvent, void> {
  const {
    seed = 0,
    splitSeed = 0,
    validationSplit = 0.2,
    imageSize = defaultImageSize,
    signal,
    threads,
  } = options;
  checkTrainOptions(options);
  const chosen = chooseEngine(options.engine ?? "auto");
  const network: NetworkName = options.network ?? "alexnet";
  const base = recipes[options.recipe];
  const preprocessing = preprocessingOf(base, imageSize);
  // The network is checked before the photos are read: a mistake should cost no time.
  resolveNetwork(planOf(base, { ...options, classes: 2, network, imageSize }).network);

  const { maxImages } = options;
  const dataset = yield* preparePhotos(options.data, { preprocessing, threads, maxImages, signal });
  const split = splitDataset(dataset, { validationSplit, splitSeed });
  requireBothSides(split, options.data);
  const { train: trainPhotos, val } = photosOfSplit(dataset, split);

  const classes = dataset.labels.length;
  const recipe: Recipe = adaptRecipe(base, { ...options, classes, network, imageSize });
  const plan = planOf(recipe, { ...options, classes, network, imageSize });
  const settings = batchSettingsOf(recipe, { network: plan.network, classes, seed, preprocessing });
  const folder = resolve(options.out);
  const record: RunRecord = {
    formatVersion: 1,
    status: "running",
    created: new Date().toISOString(),
    finished: null,
    recipe: recipe.name,
    settings: { ...recipe },
    plan,
    preprocessing,
    labels: dataset.labels,
    dataset: {
      path: resolve(options.data),
      contentHash: dataset.contentHash,
      photos: dataset.photos.length,
      unreadable: dataset.unreadable.length,
      perClass: dataset.labels.map((label, index) => ({
        label,
        count: dataset.photos.filter((photo) => photo.label === index).length,
      })),
      trainCount: trainPhotos.length,
      valCount: val.length,
    },
    seeds: { seed, splitSeed },
    engine: { engine: chosen.name, precision: plan.precision, threads: threads ?? 0, versions: {} },
    machine: describeMachine(),
    versions: describeVersions(),
    epochs: recipe.epochs,
    best: null,
    final: null,
  };
  await using run = await createRunFolder(folder, record);
  await writeSplit(join(folder, RUN_FILES.split), split);
  await writeLatestRun(dirname(folder), folder);

  yield* followRun({
    run,
    resumed: false,
    engineReason: chosen.reason,
    parameters: summarise(plan.network).parameters,
    job: {
      folder,
      plan,
      data: { settings, pixels: dataset.pixels, train: labelled(trainPhotos), val: labelled(val) },
      schedule: recipe.schedule,
      epochs: recipe.epochs,
      best: recipe.best,
      initialisation: recipe.initialisation,
      engine: chosen.name,
      threads,
      resume: false,
      checkpointEvery: options.checkpointEvery ?? defaultCheckpointInterval,
    },
    signal,
  });
}

function requireBothSides(split: Split, data: string): void {
  for (const [side, photos] of [
    ["train on", split.train],
    ["validate with", split.val],
  ] as const) {
    if (photos.length > 0) continue;
    throw trainerError("plan-invalid", `No photos of ${data} are left to ${side}.`, {
      subject: data,
      hint: "Give more photos, another --validation-split, or a folder val/.",
    });
  }
}
