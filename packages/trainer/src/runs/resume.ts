// Goes on with a run where its last checkpoint stands.
import { join, resolve } from "node:path";
import { exists } from "@fleuron/files";
import { networkOf } from "@fleuron/graph";
import { countParameters } from "@fleuron/model";
import { checkOptions, pickOptions, withDefaults } from "@fleuron/model/options";
import { requireShareable, sharedRun } from "@fleuron/mpi";
import { labelled, prepareValidation } from "@fleuron/photos";
import { matchWeights, RUN_FILES, reopenRunFolder, runSettingsOf, weightsToBegin } from "@fleuron/run-folder";
import { batchSettingsOf, loopOptions, trainerError } from "@fleuron/training";
import type { RunEvent } from "../api.js";
import { engineToResume } from "../engines/engine-of-run.js";
import { type ResumeOptions, resumeOptions } from "../options/train-options.js";
import { computeAlong } from "./compute-along.js";
import { followRun } from "./follow-run.js";
import { nothingLeft } from "./nothing-left.js";
import { movedTo, photosOfRun } from "./run-photos.js";
import { budgetOf } from "./time-budget.js";

/**
 * Goes on with a run where its last checkpoint stands; `epochs` may lengthen it, and lifts a time budget. With any number of
 * processes, as `train`.
 */
export async function* resume(options: ResumeOptions): AsyncGenerator<RunEvent, void> {
  const began = performance.now();
  checkOptions(resumeOptions, options);
  const shared = await sharedRun(options);
  if (shared !== undefined && shared.launch.rank > 0) return yield* computeAlong(shared);
  const {
    signal,
    threads,
    data,
    checkpointEvery,
    skipReport,
    epochs: wanted,
  } = withDefaults(resumeOptions, options);
  const folder = resolve(options.run);
  await using run = await reopenRunFolder(folder);
  const { record } = run;
  const { preprocessing, labels, seeds } = record;
  const recipe = runSettingsOf(record);
  const epochs = wanted ?? record.epochs;
  if (epochs < record.epochs) {
    throw trainerError(
      "epochs-too-few",
      `The run was planned for ${record.epochs} epochs; it cannot be cut to ${epochs}.`,
      {
        subject: "epochs",
        hint: "Give a larger number to lengthen it.",
      },
    );
  }
  const loop = { ...pickOptions(loopOptions, recipe), ...pickOptions(loopOptions, options) };
  // Asking for epochs lifts the time budget.
  const timeBudget = wanted === undefined ? recipe.timeBudget : undefined;
  // Killed before its first checkpoint, a run begins again.
  const hasCheckpoint = await exists(join(folder, RUN_FILES.last));
  const limits = { epochs, patience: loop.patience, timeBudget };
  const end = hasCheckpoint ? await nothingLeft(folder, record, limits) : undefined;
  if (end !== undefined) {
    yield end;
    return;
  }
  const chosen = await engineToResume(record, options.engine, shared !== undefined);
  const plan = { ...record.plan, precision: chosen.precision };
  requireShareable(shared, plan, recipe);
  const { dataset, train, val } = yield* photosOfRun(
    { folder, record, data, preprocessing, threads, signal },
    "all",
  );
  const valPixels = yield* prepareValidation(dataset, val, { preprocessing, threads, signal });
  const settings = batchSettingsOf(recipe, {
    network: plan.network,
    classes: labels.length,
    seed: seeds.seed,
    preprocessing,
  });

  const initial =
    hasCheckpoint || recipe.initFrom === undefined ? undefined : await matchWeights(recipe.initFrom, plan);
  if (initial?.warning) yield initial.warning;

  yield* followRun({
    run: {
      ...run,
      record: {
        ...movedTo(record, dataset.root),
        plan,
        wish: chosen.wish,
        settings: { ...recipe, ...loop, timeBudget },
      },
    },
    before: record,
    engineReason: chosen.reason,
    parameters: countParameters(networkOf(plan.network).parameters),
    job: {
      folder,
      plan,
      data: { settings, pixels: dataset.pixels, valPixels, train: labelled(train), val: labelled(val) },
      schedule: recipe.schedule,
      epochs,
      loop,
      timeBudget: budgetOf(timeBudget, began, skipReport),
      initialisation: recipe.initialisation,
      initialWeights: hasCheckpoint ? [] : await weightsToBegin(folder, plan, initial?.weights),
      engine: chosen.name,
      threads: threads ?? ((chosen.name === record.engine.engine && record.engine.threads) || undefined),
      deterministic: record.engine.deterministic ?? false,
      resume: hasCheckpoint,
      checkpointEvery,
      shared,
    },
    skipReport,
    signal,
  });
}
