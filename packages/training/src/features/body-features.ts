import type { ImageBatch } from "../engine/engine.js";

/** What a frozen body gives for a batch: [size, features]. */
export type Body = (batch: ImageBatch) => Promise<Float32Array>;

/** A body, and how it is given photos. */
export interface BodyOfPhotos<Photo> {
  readonly body: Body;
  /** Photos that it is given at once. */
  readonly atOnce: number;
  /** Numbers that it takes of a photo. */
  readonly imageLength: number;
  /** Writes these numbers, the first at `at`. */
  readonly fill: (photo: Photo, images: Float32Array, at: number) => Promise<void>;
}

/** The features of some photos after those of others, in the photos' order. The next ones are read while the body computes. */
export async function* bodyFeatures<Photo>(
  photos: readonly Photo[],
  { body, ...feeding }: BodyOfPhotos<Photo>,
): AsyncGenerator<Float32Array> {
  let underWay: Promise<Float32Array> | undefined;
  for await (const batch of batchesOf(photos, feeding)) {
    if (underWay) yield await underWay;
    underWay = body(batch);
    // Who stops early never awaits it.
    underWay.catch(() => undefined);
  }
  if (underWay) yield await underWay;
}

async function* batchesOf<Photo>(
  photos: readonly Photo[],
  { atOnce, imageLength, fill }: Omit<BodyOfPhotos<Photo>, "body">,
): AsyncGenerator<ImageBatch> {
  for (let begin = 0; begin < photos.length; begin += atOnce) {
    const some = photos.slice(begin, begin + atOnce);
    const images = new Float32Array(some.length * imageLength);
    for (const [index, photo] of some.entries()) await fill(photo, images, index * imageLength);
    yield { size: some.length, images };
  }
}
