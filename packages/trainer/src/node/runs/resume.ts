// Goes on with a run where its last checkpoint stands.
import { access } from "node:fs/promises";
import { join, resolve } from "node:path";
import { summarise } from "@fleuron/model";
import { trainerError } from "../../errors.js";
import type { Recipe } from "../../recipes/recipe.js";
import { batchSettingsOf } from "../../recipes/resolve.js";
import type { RunEvent, TrainerNodeApi } from "../api.js";
import { photosOfSplit, readSplit } from "../photos/index.js";
import { RUN_FILES, reopenRunFolder } from "../run-folder/index.js";
import { checkResumeOptions } from "./check-options.js";
import { followRun } from "./follow-run.js";
import { labelled, preparePhotos } from "./photos-of-run.js";

export const resume: TrainerNodeApi["resume"] = async function* (options): AsyncGenerator<RunEvent, void> {
  const { signal, threads } = options;
  checkResumeOptions(options);
  const folder = resolve(options.run);
  await using run = await reopenRunFolder(folder);
  const { record } = run;
  const { plan, preprocessing, labels, seeds } = record;
  // `settings` was written from a Recipe by `train`; its own parts were checked when the plan was.
  const recipe = record.settings as unknown as Recipe;
  const epochs = options.epochs ?? record.epochs;
  if (epochs < record.epochs) {
    throw trainerError(
      "plan-invalid",
      `The run was planned for ${record.epochs} epochs; it cannot be cut to ${epochs}.`,
      {
        subject: "--epochs",
        hint: "Give a larger number to lengthen it.",
      },
    );
  }
  const split = await readSplit(join(folder, RUN_FILES.split));
  const dataset = yield* preparePhotos(record.dataset.path, { preprocessing, threads, signal });
  const { train, val } = photosOfSplit(dataset, split);
  const settings = batchSettingsOf(recipe, {
    network: plan.network,
    classes: labels.length,
    seed: seeds.seed,
    preprocessing,
  });

  yield* followRun({
    run,
    resumed: true,
    engineReason: "the run's own",
    parameters: summarise(plan.network).parameters,
    job: {
      folder,
      plan,
      data: { settings, pixels: dataset.pixels, train: labelled(train), val: labelled(val) },
      schedule: recipe.schedule,
      epochs,
      best: recipe.best,
      initialisation: recipe.initialisation,
      engine: record.engine.engine,
      threads: threads ?? (record.engine.threads || undefined),
      // Killed before its first checkpoint, a run begins again.
      resume: await exists(join(folder, RUN_FILES.last)),
      checkpointEvery: options.checkpointEvery ?? { unit: "minutes", minutes: 5 },
    },
    signal,
  });
};

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
