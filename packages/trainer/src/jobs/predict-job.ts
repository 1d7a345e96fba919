import type { ProgressEvent } from "@fleuron/model";
import { preprocess, type SquarePreprocessing } from "@fleuron/model";
import { type UnreadablePhoto, useFile } from "@fleuron/runtime-node/photos";
import { softmax } from "@fleuron/training";
import type { Job } from "./job.js";
import { openPredictor, type Predictor, type PredictorOptions } from "./predictor.js";

export interface PredictJobOptions extends PredictorOptions {
  readonly photos: readonly string[];
  readonly preprocessing: SquarePreprocessing;
}

export interface PredictedPhoto {
  readonly photo: string;
  readonly probabilities: Float32Array;
}

export type PredictJobResult = readonly (PredictedPhoto | UnreadablePhoto)[];

const BATCH = 16;

export const predictJob: Job<PredictJobOptions, ProgressEvent, PredictJobResult> = async function* (
  options,
  signal,
) {
  const { photos, preprocessing } = options;
  await using engine = await openPredictor(options, signal);
  const results: (PredictedPhoto | UnreadablePhoto)[] = [];
  for (let start = 0; start < photos.length; start += BATCH) {
    signal.throwIfAborted();
    const group = photos.slice(start, start + BATCH);
    const input = (photo: string) =>
      useFile(photo, preprocessing.background, (image) => preprocess(image, preprocessing));
    const files = await Promise.all(group.map(input));
    const readable = files.flatMap((file) => ("result" in file ? [file] : []));
    const rows = await probabilitiesOf(
      readable.map(({ result }) => result),
      engine,
    );
    for (const file of files) {
      results.push(
        "code" in file ? file : { photo: file.photo, probabilities: rows[readable.indexOf(file)]! },
      );
    }
    yield {
      type: "progress",
      task: "predicting",
      completed: results.length,
      total: photos.length,
      unit: "photos",
    };
  }
  return results;
};

async function probabilitiesOf(
  inputs: readonly Float32Array[],
  engine: Predictor,
): Promise<readonly Float32Array[]> {
  if (inputs.length === 0) return [];
  const perPhoto = inputs[0]!.length;
  const images = new Float32Array(inputs.length * perPhoto);
  for (const [index, input] of inputs.entries()) images.set(input, index * perPhoto);
  const { data } = await engine.predict({ size: inputs.length, images });
  const classes = data.length / inputs.length;
  return inputs.map((_, index) => softmax(data.slice(index * classes, (index + 1) * classes)));
}
