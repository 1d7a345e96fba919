import type { Evaluation, ProgressEvent } from "@fleuron/model";
import type { BatchWorkerData } from "@fleuron/photos/batches";
import { WorkerData } from "@fleuron/photos/batches";
import { type EvaluatedNetwork, evaluatePhotos, evaluationOf } from "@fleuron/training";
import type { Job } from "./job.js";
import { openPredictor, type PredictorOptions } from "./predictor.js";

export interface EvaluateJobOptions extends PredictorOptions {
  /** The photos to evaluate are `data.val`. */
  readonly data: BatchWorkerData;
  readonly labels: readonly string[];
  /** Whether these are the photos that the run validated on. */
  readonly fittedToHalf: EvaluatedNetwork["fittedToHalf"];
}

export const evaluateJob: Job<EvaluateJobOptions, ProgressEvent, Evaluation> = async function* (
  options,
  signal,
) {
  await using data = new WorkerData(options.data);
  await using engine = await openPredictor(options, signal);
  const { labels, fittedToHalf } = options;
  const { classes } = options.data.settings;
  const sums = yield* evaluatePhotos(engine, data, { task: "evaluating", classes, signal });
  return evaluationOf(sums, { labels, fittedToHalf, calibration: engine.calibration });
};
