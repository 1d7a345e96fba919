// The data of a run in which the head alone learns.
import { threadCount } from "@fleuron/files";
import { normalise, type ProgressEvent, preprocess } from "@fleuron/model";
import { onnxruntime } from "@fleuron/runtime-node";
import { FeatureData, frozenValues, type HeadAlone, type TrainingEngine } from "@fleuron/training";
import { type OpenBody, openBody } from "@fleuron/training/onnx";
import type { BatchWorkerData } from "../batches/index.js";
import { featureKey } from "./feature-key.js";
import { type PhotoFeaturesOptions, photoFeatures } from "./photo-features.js";

export interface FeatureDataOptions {
  readonly parts: HeadAlone;
  readonly photos: BatchWorkerData;
  /** Has the body's weights. */
  readonly engine: TrainingEngine;
  readonly threads: number | undefined;
  readonly signal: AbortSignal;
}

/** Computes the features that no earlier run has computed. */
export async function* featureData(options: FeatureDataOptions): AsyncGenerator<ProgressEvent, FeatureData> {
  const { parts, engine, signal } = options;
  const { settings, pixels, valPixels, train, val } = options.photos;
  const { preprocessing } = settings;
  const { body: graph, features: length } = parts;
  const values = await frozenValues(parts, engine);
  let opened: OpenBody | undefined;
  const body = async () => {
    opened ??= await openBody(graph, values, {
      runtime: onnxruntime,
      threads: threadCount(options.threads),
    });
    return opened.features;
  };
  const of = (given: Pick<PhotoFeaturesOptions, "photos" | "pixels" | "fill">) => {
    const { storage } = given.pixels;
    const imageLength = 3 * preprocessing.size ** 2;
    const key = featureKey(graph, values, { preprocessing, storage });
    return photoFeatures({ ...given, key, length, imageLength, body, signal });
  };
  try {
    const learnt = yield* of({
      photos: train,
      pixels,
      fill: (image, images, offset) => preprocess(image, preprocessing, images, offset),
    });
    const validated = yield* of({
      photos: val,
      pixels: valPixels,
      fill: (crop, images, offset) => normalise(crop, preprocessing, images, offset),
    });
    return new FeatureData(settings, learnt, validated);
  } finally {
    await opened?.[Symbol.asyncDispose]();
  }
}
