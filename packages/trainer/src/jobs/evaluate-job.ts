import type { Evaluation, ProgressEvent } from "@fleuron/model";
import type { BatchWorkerData } from "@fleuron/photos/batches";
import { WorkerData } from "@fleuron/photos/batches";
import { type EvaluatedNetwork, evaluateBatches, evaluationOf } from "@fleuron/training";
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
  const batches = evaluateBatches(engine, data.validation(), options.data.settings.classes);
  for (;;) {
    signal.throwIfAborted();
    const { done, value } = await batches.next();
    if (done) {
      const { labels, fittedToHalf } = options;
      return evaluationOf(value, { labels, fittedToHalf, calibration: engine.calibration });
    }
    yield {
      type: "progress",
      task: "evaluating",
      completed: value.count,
      total: data.valCount,
      unit: "photos",
    };
  }
};
