import { FleuronError, type PreprocessingSpecification, preprocess } from "@fleuron/model";
import { decodePhoto, readPhoto } from "@fleuron/runtime-node";
import type { ProgressEvent } from "../../events.js";
import { softmax } from "../../loop/evaluate.js";
import type { UnreadablePhoto } from "../api.js";
import type { Job } from "./job.js";
import { openPredictor, type PredictorOptions } from "./predictor.js";

export interface PredictJobOptions extends PredictorOptions {
  readonly photos: readonly string[];
  readonly preprocessing: PreprocessingSpecification;
}

export interface PredictedPhoto {
  readonly photo: string;
  readonly probabilities: Float32Array;
}

export type PredictJobResult = readonly (PredictedPhoto | UnreadablePhoto)[];

export const predictJob: Job<PredictJobOptions, ProgressEvent, PredictJobResult> = async function* (
  options,
  signal,
) {
  const { photos, preprocessing } = options;
  await using engine = await openPredictor(options, signal);
  const results: (PredictedPhoto | UnreadablePhoto)[] = [];
  for (const photo of photos) {
    signal.throwIfAborted();
    try {
      const image = await decodePhoto(await readPhoto(photo), { subject: photo });
      const images = new Float32Array(3 * preprocessing.size ** 2);
      preprocess(image, preprocessing, images, 0);
      const { data } = await engine.predict({ size: 1, images });
      results.push({ photo, probabilities: softmax(data) });
    } catch (error) {
      if (!(error instanceof FleuronError)) throw error;
      results.push({ photo, code: error.code, message: error.message });
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
