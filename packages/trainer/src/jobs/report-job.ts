// What a run leaves to look at: `report.html`, from the best weights' predictions on the validation photos.

import { promises as fs } from "node:fs";
import { basename, join } from "node:path";
import { replaceTextFile } from "@fleuron/files";
import { networkOf } from "@fleuron/graph";
import type { ProgressEvent } from "@fleuron/model";
import type { BatchWorkerData, LabelledPhoto } from "@fleuron/photos/batches";
import { WorkerData } from "@fleuron/photos/batches";
import { kernelTiles, thumbnail } from "@fleuron/photos/pictures";
import type { Specimen } from "@fleuron/report";
import { openCheckpoint, openRunFolder, RUN_FILES, readMetrics } from "@fleuron/run-folder";
import type { LabelledBatch, TrainingPlan } from "@fleuron/training";
import { type EvaluationSums, evaluateBatches, parameterStateName, softmax } from "@fleuron/training";
import { evaluationOf } from "../evaluation.js";
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
  const { sums, logits } = yield* predictions(options, signal);
  const { record } = await openRunFolder(folder);
  // Drawing takes a second to load, which no other job should wait for.
  const { reportHtml } = await import("@fleuron/report");
  const page = reportHtml({
    name: basename(folder),
    record: reportedRun(record),
    metrics: await readMetrics(folder),
    evaluation: evaluationOf(sums, record.labels),
    hardest: await hardest(logits, data),
    kernels: await firstKernels(options.checkpoint, plan),
  });
  const file = join(folder, RUN_FILES.report);
  await replaceTextFile(file, page);
  return { file };
};

interface Predictions {
  readonly sums: EvaluationSums;
  /** The logits of each validation photo. */
  readonly logits: readonly Float32Array[];
}

async function* predictions(
  options: ReportJobOptions,
  signal: AbortSignal,
): AsyncGenerator<ProgressEvent, Predictions> {
  const { classes } = options.data.settings;
  await using data = new WorkerData(options.data);
  await using engine = await openPredictor(options, signal);
  const logits: Float32Array[] = [];
  const recording = {
    async predict(batch: Pick<LabelledBatch, "size" | "images">) {
      const output = await engine.predict(batch);
      for (let photo = 0; photo < batch.size; photo++) {
        logits.push(output.data.slice(photo * classes, (photo + 1) * classes));
      }
      return output;
    },
  };
  const batches = evaluateBatches(recording, data.validation(), classes);
  for (;;) {
    signal.throwIfAborted();
    const { done, value } = await batches.next();
    if (done) return { sums: value, logits };
    const completed = logits.length;
    yield { type: "progress", task: "writing the report", completed, total: data.valCount, unit: "photos" };
  }
}

/** The photos of the highest loss, with their pictures. */
async function hardest(logits: readonly Float32Array[], data: BatchWorkerData): Promise<readonly Specimen[]> {
  const worst = data.val
    .map((photo, index) => {
      const own = logits[index]![photo.label]!;
      const loss = Math.log(logits[index]!.reduce((sum, logit) => sum + Math.exp(logit - own), 0));
      return { photo, probabilities: softmax(logits[index]!), loss };
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
