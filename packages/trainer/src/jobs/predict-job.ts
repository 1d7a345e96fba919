import { inputLength, type ProgressEvent, preprocess, progress } from "@fleuron/model";
import type { Prediction } from "@fleuron/runtime-node";
import { type UnreadablePhoto, useFile } from "@fleuron/runtime-node/photos";
import type { Job } from "./job.js";
import { openRunClassifier, type RunClassifierOptions } from "./run-classifier.js";

export interface PredictJobOptions extends RunClassifierOptions {
  readonly photos: readonly string[];
}

export type PredictJobResult = readonly (Prediction | UnreadablePhoto)[];

const BATCH = 16;

export const predictJob: Job<PredictJobOptions, ProgressEvent, PredictJobResult> = async function* (
  { photos, ...options },
  signal,
) {
  await using classifier = await openRunClassifier(options, signal);
  const { preprocessing } = classifier;
  const length = inputLength(preprocessing);
  const results: (Prediction | UnreadablePhoto)[] = [];
  for (let start = 0; start < photos.length; start += BATCH) {
    signal.throwIfAborted();
    const group = photos.slice(start, start + BATCH);
    const images = new Float32Array(group.length * length);
    const input = (photo: string, at: number) =>
      useFile(photo, preprocessing, (image) => preprocess(image, preprocessing, images, at * length));
    const files = await Promise.all(group.map(input));
    const named = await classifier.classify(images, group.length);
    for (const [at, file] of files.entries()) {
      results.push("code" in file ? file : { photo: file.photo, ...named[at]! });
    }
    yield progress("predicting", results.length, photos.length, "photos");
  }
  return results;
};
