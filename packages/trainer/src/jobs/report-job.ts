// What a run leaves to look at: `report.html`, from the best weights' predictions on the validation photos.
import { promises as fs } from "node:fs";
import { basename, join } from "node:path";
import { replaceTextFile } from "@fleuron/files";
import { networkOf } from "@fleuron/graph";
import type { Evaluation, ProgressEvent } from "@fleuron/model";
import type { BatchWorkerData, LabelledPhoto } from "@fleuron/photos/batches";
import { WorkerData } from "@fleuron/photos/batches";
import { kernelTiles, thumbnail } from "@fleuron/photos/pictures";
import type { Specimen } from "@fleuron/report";
import { openCheckpoint, openRunFolder, RUN_FILES, readMetrics } from "@fleuron/run-folder";
import type { LabelledAnswer, TrainingPlan } from "@fleuron/training";
import { evaluatePhotos, evaluationOf, parameterStateName } from "@fleuron/training";
import { reportedRun } from "../runs/reported-run.js";
import type { Job } from "./job.js";
import { openPredictor, type PredictorOptions } from "./predictor.js";

export interface ReportJobOptions extends PredictorOptions {
  /** The run's folder. */
  readonly folder: string;
  /** The photos to show are `data.val`. */
  readonly data: BatchWorkerData;
}

const SPECIMENS = 12;

export const reportJob: Job<ReportJobOptions, ProgressEvent, { readonly file: string }> = async function* (
  options,
  signal,
) {
  const { folder, data, plan } = options;
  const { record } = await openRunFolder(folder);
  const { evaluation, answers } = yield* predictions(options, record.labels, signal);
  // Drawing takes a second to load, which no other job should wait for.
  const { reportHtml } = await import("@fleuron/report");
  const page = reportHtml({
    name: basename(folder),
    record: reportedRun(record),
    metrics: await readMetrics(folder),
    evaluation,
    hardest: await hardest(answers, data),
    kernels: await firstKernels(options.checkpoint, plan),
  });
  const file = join(folder, RUN_FILES.report);
  await replaceTextFile(file, page);
  return { file };
};

interface Predictions {
  readonly evaluation: Evaluation;
  readonly answers: readonly LabelledAnswer[];
}

async function* predictions(
  options: ReportJobOptions,
  labels: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<ProgressEvent, Predictions> {
  await using data = new WorkerData(options.data);
  await using engine = await openPredictor(options, signal);
  const answers: LabelledAnswer[] = [];
  const sums = yield* evaluatePhotos(engine, data, {
    ...{ task: "writing the report", classes: labels.length, signal },
    hear: (answer) => answers.push(answer),
  });
  const network = { labels, fittedToHalf: true, calibration: engine.calibration };
  return { evaluation: evaluationOf(sums, network), answers };
}

/** The photos of the highest loss, with their pictures. */
async function hardest(
  answers: readonly LabelledAnswer[],
  data: BatchWorkerData,
): Promise<readonly Specimen[]> {
  const worst = data.val
    .map((photo, index) => {
      const { logProbabilities } = answers[index]!;
      return { photo, probabilities: logProbabilities.map(Math.exp), loss: -logProbabilities[photo.label]! };
    })
    .sort((a, b) => b.loss - a.loss)
    .slice(0, SPECIMENS);
  return Promise.all(
    worst.map(async ({ photo, probabilities, loss }) => ({
      path: photo.path,
      label: photo.label,
      probabilities,
      loss,
      picture: await pictureOf(photo, data.pixels.root),
    })),
  );
}

/** A photo that has been moved or broken since is no reason to have no report. */
const pictureOf = ({ path }: LabelledPhoto, root: string): Promise<string | undefined> =>
  fs
    .readFile(join(root, path))
    .then(thumbnail)
    .catch(() => undefined);

async function firstKernels(file: string, plan: TrainingPlan): Promise<readonly string[]> {
  const first = networkOf(plan.network).parameters.find(({ kind }) => kind === "kernel");
  if (first === undefined) return [];
  await using checkpoint = await openCheckpoint(file, plan);
  for await (const tensor of checkpoint.read([parameterStateName(first)])) return kernelTiles(tensor);
  return [];
}
