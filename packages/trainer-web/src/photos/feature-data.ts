// The data of a run in which the head alone learns: what the body makes of each photo, computed once.
import { known } from "@fleuron/graph";
import { normalise, type ProgressEvent, preprocess, progress } from "@fleuron/model";
import {
  type BatchSettings,
  type Body,
  bodyFeatures,
  FeatureData,
  type FeatureSet,
  frozenValues,
  type HeadAlone,
  type ImageBatch,
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
  const { body: graph } = parts;
  const { photos } = store;
  const length = known("features", graph.types[graph.outputs[0]!.value]!.shape[1]!);
  const imageLength = 3 * preprocessing.size ** 2;
  const values = await frozenValues(parts, engine);
  await using body = await openBody(graph, values, options);
  let completed = 0;

  const setOf = async (some: readonly StoredPhoto[], fill: Fill): Promise<FeatureSet> => {
    const data = new Float32Array(some.length * length);
    let at = 0;
    for await (const features of bodyFeatures(batchesOf(some, fill), body.features satisfies Body)) {
      data.set(features, at);
      at += features.length;
      completed += features.length / length;
      tell(progress("features of photos", completed, photos.length, "photos"));
      signal.throwIfAborted();
    }
    return { labels: some.map(({ label }) => label), length, data };
  };
  async function* batchesOf(some: readonly StoredPhoto[], fill: Fill): AsyncGenerator<ImageBatch> {
    for (let begin = 0; begin < some.length; begin += AT_ONCE) {
      const group = some.slice(begin, begin + AT_ONCE);
      const images = new Float32Array(group.length * imageLength);
      for (const [index, photo] of group.entries()) await fill(photo, images, index * imageLength);
      yield { size: group.length, images };
    }
  }

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

/** Makes numbers of a photo, as the body takes them. */
type Fill = (photo: StoredPhoto, images: Float32Array, at: number) => Promise<void>;
