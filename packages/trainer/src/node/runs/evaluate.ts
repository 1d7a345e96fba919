import { join, resolve } from "node:path";
import { trainerError } from "../../errors.js";
import type { EvaluationSums } from "../../loop/evaluate.js";
import type { Recipe } from "../../recipes/recipe.js";
import { batchSettingsOf } from "../../recipes/resolve.js";
import type { Evaluation, TrainerNodeApi } from "../api.js";
import { runJob } from "../jobs/run-job.js";
import { type PreparedDataset, photosOfSplit, readSplit } from "../photos/index.js";
import { openRunFolder, RUN_FILES } from "../run-folder/index.js";
import { labelled, preparePhotos } from "./photos-of-run.js";

export const evaluate: TrainerNodeApi["evaluate"] = async function* (options) {
  const { signal, threads, checkpoint = "best" } = options;
  const folder = resolve(options.run);
  const { record } = await openRunFolder(folder);
  const { plan, preprocessing, labels, seeds } = record;
  const data = options.data ?? record.dataset.path;
  const dataset = yield* preparePhotos(data, { preprocessing, threads, signal });
  const photos = options.data
    ? relabelled(dataset, labels)
    : labelled(photosOfSplit(dataset, await readSplit(join(folder, RUN_FILES.split))).val);

  const recipe = record.settings as unknown as Recipe;
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
      engine: record.engine.engine,
      threads,
      data: { settings, pixels: dataset.pixels, train: [], val: photos },
    },
    signal,
  );
  return evaluationOf(sums, labels);
};

/** All photos of another folder, with the run's classes. */
function relabelled(dataset: PreparedDataset, labels: readonly string[]) {
  const classes = dataset.labels.map((label) => labels.indexOf(label));
  const unknown = dataset.labels.find((_, index) => classes[index] < 0);
  if (unknown !== undefined) {
    throw trainerError(
      "plan-invalid",
      `${dataset.root} has the class '${unknown}', which the run does not know.`,
      {
        subject: "--data",
        hint: `The run's classes: ${labels.join(", ")}.`,
      },
    );
  }
  return labelled(dataset.photos).map((photo) => ({ ...photo, label: classes[photo.label] }));
}

function evaluationOf(
  { loss, correct, count, confusion }: EvaluationSums,
  labels: readonly string[],
): Evaluation {
  const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  return {
    accuracy: ratio(correct, count),
    loss: ratio(loss, count),
    count,
    labels,
    confusion,
    perClass: labels.map((label, index) => {
      const right = confusion[index][index];
      const actual = confusion[index].reduce((sum, value) => sum + value, 0);
      const predicted = confusion.reduce((sum, row) => sum + row[index], 0);
      const [precision, recall] = [ratio(right, predicted), ratio(right, actual)];
      return {
        label,
        count: actual,
        precision,
        recall,
        f1: ratio(2 * precision * recall, precision + recall),
      };
    }),
  };
}
