// The features of photos: what is kept of them, and what is computed now.
import type { ProgressEvent, RgbImage } from "@fleuron/model";
import { type Body, bodyFeatures, type FeatureSet } from "@fleuron/training";
import type { LabelledPhoto } from "../batches/index.js";
import { FeatureCache } from "../cache/feature-cache.js";
import { PixelReader, type PixelSource } from "../cache/pixel-reader.js";

export interface PhotoFeaturesOptions {
  readonly photos: readonly LabelledPhoto[];
  readonly pixels: PixelSource;
  /** Makes numbers of a photo's pixels, as the body takes them: so many. */
  readonly fill: (image: RgbImage, images: Float32Array, offset: number) => void;
  readonly imageLength: number;
  /** How many features a photo has. */
  readonly length: number;
  /** See `featureKey`. */
  readonly key: string;
  /** Asked for when a photo's features are computed: where all are kept, no body is needed. */
  readonly body: () => Promise<Body>;
  readonly signal: AbortSignal;
}

/** Photos that the body is given at once: more are no faster on a processor. */
const AT_ONCE = 16;

/** The features of each photo, in the photos' order. */
export async function* photoFeatures(
  options: PhotoFeaturesOptions,
): AsyncGenerator<ProgressEvent, FeatureSet> {
  const { photos, length, signal } = options;
  const data = new Float32Array(photos.length * length);
  const cache = new FeatureCache(options.pixels.pixelFolder, options.key);
  const missing: number[] = [];
  for (const [index, { fileHash }] of photos.entries()) {
    const kept = await cache.read(fileHash, length);
    if (kept) data.set(kept, index * length);
    else missing.push(index);
  }
  if (missing.length > 0) {
    const total = missing.length;
    let completed = 0;
    const reader = new PixelReader(options.pixels);
    const found = bodyFeatures(missing, {
      body: await options.body(),
      atOnce: AT_ONCE,
      imageLength: options.imageLength,
      fill: async (index, images, at) => options.fill(await reader.read(photos[index]!), images, at),
    });
    for await (const some of found) {
      for (let begin = 0; begin < some.length; begin += length) {
        const index = missing[completed++]!;
        const numbers = some.subarray(begin, begin + length);
        data.set(numbers, index * length);
        await cache.write(photos[index]!.fileHash, numbers);
      }
      yield { type: "progress", task: "features of photos", completed, total, unit: "photos" };
      signal.throwIfAborted();
    }
  }
  return { labels: photos.map(({ label }) => label), length, data };
}
