// Batches of features in place of photos.
import { type BatchSettings, stepsPerEpoch } from "../data/batch-settings.js";
import { photoWeights, sumOfWeights } from "../data/class-weights.js";
import { epochOrder } from "../data/epoch-order.js";
import { smoothedTargets } from "../data/smoothed-targets.js";
import type { LabelledBatch, TrainingData } from "../data/training-data.js";
import type { Batch } from "../engine/engine.js";
import type { FeatureSet } from "./feature-set.js";

/** Photos that are validated at once. */
const VALIDATED_AT_ONCE = 256;

export type FeatureBatchSettings = Pick<
  BatchSettings,
  "seed" | "batchSize" | "keepPartialBatch" | "classes" | "labelSmoothing" | "classWeights"
>;

/** What `BatchMaker` makes of photos, of their features. */
export class FeatureData implements TrainingData {
  readonly stepsPerEpoch: number;
  readonly valCount: number;
  readonly #settings: FeatureBatchSettings;
  readonly #train: FeatureSet;
  readonly #val: FeatureSet;

  constructor(settings: FeatureBatchSettings, train: FeatureSet, val: FeatureSet) {
    this.stepsPerEpoch = stepsPerEpoch(train.labels.length, settings);
    this.valCount = val.labels.length;
    this.#settings = settings;
    this.#train = train;
    this.#val = val;
  }

  async *training(epoch: number, firstStep: number): AsyncGenerator<Batch> {
    const { seed, batchSize } = this.#settings;
    const { labels, length, data } = this.#train;
    const order = epochOrder(seed, epoch, labels.length);
    for (let step = firstStep; step < this.stepsPerEpoch; step++) {
      const photos = order.subarray(step * batchSize, (step + 1) * batchSize);
      const size = photos.length;
      const images = new Float32Array(size * length);
      for (const [index, photo] of photos.entries())
        images.set(data.subarray(photo * length, (photo + 1) * length), index * length);
      const own = Array.from(photos, (photo) => labels[photo]!);
      const targets = smoothedTargets(own, this.#settings);
      const sampleWeights = photoWeights(targets, this.#settings);
      const normalizer = sumOfWeights(own, this.#settings);
      yield { size, images, targets, sampleWeights, normalizer, dropoutMasks: {} };
    }
  }

  async *validation(): AsyncGenerator<LabelledBatch> {
    const { labels, length, data } = this.#val;
    for (let begin = 0; begin < labels.length; begin += VALIDATED_AT_ONCE) {
      const some = labels.slice(begin, begin + VALIDATED_AT_ONCE);
      const images = data.slice(begin * length, (begin + some.length) * length);
      yield { size: some.length, images, labels: some };
    }
  }
}
