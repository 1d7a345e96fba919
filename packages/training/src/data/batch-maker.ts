// Photos to batches. What a batch holds depends on the settings, the epoch and the step alone: not on who makes
// it, in which order, or what was made before.
import {
  colourOf,
  createImage,
  fillDropoutMask,
  normalise,
  preprocess,
  type RgbImage,
  randomStream,
  unreachable,
} from "@fleuron/model";
import { randomResizedCrop } from "../augmentation/augment.js";
import { mixBatch } from "../augmentation/mix.js";
import { colourShift, randomCrop } from "../augmentation/random-crop.js";
import type { Batch } from "../engine/engine.js";
import type { BatchSettings } from "./batch-settings.js";
import { photoWeights, sumOfWeights } from "./class-weights.js";
import { epochOrder } from "./epoch-order.js";
import { computedPart, partOfBatch } from "./part-of-batch.js";
import { smoothedTargets } from "./smoothed-targets.js";

export interface PhotoSet {
  /** The class of each photo. */
  readonly labels: ArrayLike<number>;
  /** Decoded pixels of the photo of this index. */
  read(index: number): Promise<RgbImage>;
}

export class BatchMaker {
  readonly #settings: BatchSettings;
  readonly #photos: PhotoSet;
  readonly #scratch: RgbImage;
  #order: { readonly epoch: number; readonly photos: Uint32Array } | undefined;

  constructor(settings: BatchSettings, photos: PhotoSet) {
    this.#settings = settings;
    this.#photos = photos;
    this.#scratch = createImage(settings.preprocessing.size, settings.preprocessing.size);
  }

  /** The training batch of a step, both counted from 0. */
  async training(epoch: number, step: number): Promise<Batch> {
    const { seed, batchSize, classes, preprocessing, mixing, dropoutMasks, share } = this.#settings;
    const batch = this.#orderOf(epoch).subarray(step * batchSize, (step + 1) * batchSize);
    const part = partOfBatch(batch.length, share);
    const { begin, end } = computedPart(part);
    const size = end - begin;
    // Photos of a part are mixed as in the whole batch: the last one with the photo behind it.
    const partner = mixing && size < batch.length ? [batch[end % batch.length]!] : [];
    const photos = [...batch.subarray(begin, end), ...partner];
    const { size: side } = preprocessing;
    const photoLength = 3 * side * side;
    const images = new Float32Array(photos.length * photoLength);
    for (const [index, photo] of photos.entries())
      await this.#augmented(photo, epoch, images, index * photoLength);
    const labelsOf = (some: Iterable<number>) => Array.from(some, (photo) => this.#photos.labels[photo]!);
    const targets = smoothedTargets(labelsOf(photos), this.#settings);
    if (mixing) {
      mixBatch(
        { size: photos.length, images, targets, channels: 3, side, classes },
        mixing,
        randomStream(seed, "mix", epoch, step),
      );
    }
    const masks = dropoutMasks.map(({ name, keepRate, size: perPhoto }, index) => {
      const mask = new Float32Array(batch.length * perPhoto);
      fillDropoutMask(
        randomStream(seed, "dropoutMask", epoch, step * dropoutMasks.length + index),
        mask,
        keepRate,
      );
      return [name, rows(mask, begin, end, perPhoto)];
    });
    const own = rows(targets, 0, size, classes);
    return {
      size,
      images: rows(images, 0, size, photoLength),
      targets: own,
      sampleWeights: part.end > part.begin ? photoWeights(own, this.#settings) : new Float32Array(size),
      normalizer: sumOfWeights(labelsOf(batch), this.#settings),
      ...(share && { place: part }),
      dropoutMasks: Object.fromEntries(masks),
    };
  }

  async #augmented(photo: number, epoch: number, images: Float32Array, offset: number): Promise<void> {
    const { seed, preprocessing, augmentation, colours } = this.#settings;
    const image = await this.#photos.read(photo);
    switch (augmentation.type) {
      case "none":
        preprocess(image, preprocessing, images, offset);
        return;
      case "randomResizedCrop": {
        const stream = randomStream(seed, "augment", epoch, photo);
        const { filter } = preprocessing.resize;
        randomResizedCrop(image, { augmentation, filter, stream, out: this.#scratch });
        normalise(this.#scratch, preprocessing, images, offset);
        return;
      }
      case "randomCrop": {
        const stream = randomStream(seed, "augment", epoch, photo);
        randomCrop(image, { augmentation, preprocessing, stream, out: this.#scratch });
        const shift = colours ? colourShift(colours, augmentation.colourNoise, stream) : ([0, 0, 0] as const);
        // Shifts are in levels ÷ 255, means in the unit of the specification.
        const unit = 255 * preprocessing.scale;
        const shifted = (channel: number) =>
          preprocessing.mean[channel]! - unit * shift[colourOf(preprocessing, channel)]!;
        const mean: typeof preprocessing.mean = [shifted(0), shifted(1), shifted(2)];
        normalise(this.#scratch, { ...preprocessing, mean }, images, offset);
        return;
      }
      default:
        unreachable(augmentation);
    }
  }

  #orderOf(epoch: number): Uint32Array {
    if (this.#order?.epoch !== epoch) {
      this.#order = { epoch, photos: epochOrder(this.#settings.seed, epoch, this.#photos.labels.length) };
    }
    return this.#order.photos;
  }
}

/** Some rows of a tensor, in memory of their own, since batches change hands; all rows are the tensor itself. */
function rows(
  tensor: Float32Array<ArrayBuffer>,
  begin: number,
  end: number,
  length: number,
): Float32Array<ArrayBuffer> {
  return (end - begin) * length === tensor.length ? tensor : tensor.slice(begin * length, end * length);
}
