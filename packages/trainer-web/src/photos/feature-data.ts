// The data of a run in which the head alone learns: what the body makes of each photo, computed once.
import { normalise, type ProgressEvent, preprocess, progress } from "@fleuron/model";
import {
  type BatchSettings,
  type BodyOfPhotos,
  bodyFeatures,
  FeatureData,
  type FeatureSet,
  frozenValues,
  type HeadAlone,
  type TrainingEngine,
} from "@fleuron/training";
import { type OnnxRuntime, openBody } from "@fleuron/training/onnx";
import type { PhotoStore, StoredPhoto } from "./photo-store.js";

export interface FeatureDataOptions {
  readonly parts: HeadAlone;
  readonly settings: BatchSettings;
  /** Has the body's weights. */
  readonly engine: TrainingEngine;
  readonly runtime: OnnxRuntime;
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly tell: (event: ProgressEvent) => void;
}

/** Photos that the body is given at once. */
const AT_ONCE = 8;

export async function featureData(store: PhotoStore, options: FeatureDataOptions): Promise<FeatureData> {
  const { parts, settings, engine, signal, tell } = options;
  const { preprocessing } = settings;
  const { photos } = store;
  const { features: length } = parts;
  const values = await frozenValues(parts, engine);
  await using body = await openBody(parts.body, values, options);
  let completed = 0;

  const setOf = async (
    some: readonly StoredPhoto[],
    fill: BodyOfPhotos<StoredPhoto>["fill"],
  ): Promise<FeatureSet> => {
    const data = new Float32Array(some.length * length);
    const imageLength = 3 * preprocessing.size ** 2;
    let at = 0;
    for await (const features of bodyFeatures(some, {
      body: body.features,
      atOnce: AT_ONCE,
      imageLength,
      fill,
    })) {
      data.set(features, at);
      at += features.length;
      completed += features.length / length;
      tell(progress("features of photos", completed, photos.length, "photos"));
      signal.throwIfAborted();
    }
    return { labels: some.map(({ label }) => label), length, data };
  };

  const learnt = await setOf(
    photos.filter(({ validates }) => !validates),
    async ({ pixels }, images, at) => {
      preprocess(await store.read(pixels), preprocessing, images, at);
    },
  );
  const validated = await setOf(
    photos.filter(({ validates }) => validates),
    async ({ crops }, images, at) => normalise(await store.read(crops), preprocessing, images, at),
  );
  return new FeatureData(settings, learnt, validated);
}
