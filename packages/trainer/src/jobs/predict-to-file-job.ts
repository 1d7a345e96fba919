import type { ProgressEvent } from "@fleuron/model";
import {
  type BundleClassifierOptions,
  openBundleClassifier,
  type WritePredictionsOptions,
  writePredictions,
} from "@fleuron/predictions";
import type { Job } from "./job.js";
import { openRunClassifier, type RunClassifierOptions } from "./run-classifier.js";

/** Where the weights are: a bundle's, or a run's. */
export type ClassifierSource =
  | Pick<BundleClassifierOptions, "bundle" | "precision">
  | Omit<RunClassifierOptions, "topK" | "threads">;

export interface PredictToFileJobOptions extends WritePredictionsOptions {
  readonly source: ClassifierSource;
  readonly topK: number;
}

export const predictToFileJob: Job<PredictToFileJobOptions, ProgressEvent, number> = async function* (
  { source, topK, ...options },
  signal,
) {
  const { threads } = options;
  await using classifier =
    "bundle" in source
      ? await openBundleClassifier({ ...source, topK, threads, signal })
      : await openRunClassifier({ ...source, topK, threads }, signal);
  return yield* writePredictions(classifier, options, signal);
};
