import type { ImageBatch } from "../engine/engine.js";

/** What a frozen body gives for a batch: [size, features]. */
export type Body = (batch: ImageBatch) => Promise<Float32Array>;

/** The features of each batch, in order. The next batch is made while the body computes. */
export async function* bodyFeatures(
  batches: AsyncIterable<ImageBatch>,
  body: Body,
): AsyncGenerator<Float32Array> {
  let underWay: Promise<Float32Array> | undefined;
  for await (const batch of batches) {
    if (underWay) yield await underWay;
    underWay = body(batch);
    // Who stops early never awaits it.
    underWay.catch(() => undefined);
  }
  if (underWay) yield await underWay;
}
