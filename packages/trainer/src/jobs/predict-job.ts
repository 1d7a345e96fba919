import type { ProgressEvent } from "@fleuron/model";
import { type PreprocessingSpecification, preprocess } from "@fleuron/model";
import { type DecodedFile, decodeFile, type UnreadablePhoto } from "@fleuron/runtime-node/photos";
import { softmax } from "@fleuron/training";
import type { Job } from "./job.js";
import { openPredictor, type Predictor, type PredictorOptions } from "./predictor.js";

export interface PredictJobOptions extends PredictorOptions {
  readonly photos: readonly string[];
  readonly preprocessing: PreprocessingSpecification;
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
    const files = await Promise.all(group.map((photo) => decodeFile(photo, preprocessing.background)));
    const readable = files.flatMap((file) => ("image" in file ? [file] : []));
    const rows = await probabilitiesOf(readable, engine, preprocessing);
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
  files: readonly DecodedFile[],
  engine: Predictor,
  preprocessing: PreprocessingSpecification,
): Promise<readonly Float32Array[]> {
  if (files.length === 0) return [];
  const perPhoto = 3 * preprocessing.size ** 2;
  const images = new Float32Array(files.length * perPhoto);
  for (const [index, { image }] of files.entries()) {
    preprocess(image, preprocessing, images, index * perPhoto);
  }
  const { data } = await engine.predict({ size: files.length, images });
  const classes = data.length / files.length;
  return files.map((_, index) => softmax(data.slice(index * classes, (index + 1) * classes)));
}
