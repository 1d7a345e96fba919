/** How well a linear model on pixels does on the same split: beside it, a network's accuracy on drawn pictures means something. */
import { setImmediate as breathe } from "node:timers/promises";
import type { LinearSample } from "@fleuron/drawn-flowers";
import { progress, type WorkEvent } from "@fleuron/model";
import { type PhotoReference, PixelReader, type PixelSource } from "../cache/pixel-reader.js";
import { FILES_AT_ONCE, mapConcurrently } from "../concurrency/map-concurrently.js";

interface LabelledPhoto extends PhotoReference {
  readonly label: number;
}

const TASK = "fitting a linear model";

/** The accuracy, from 0 to 1, on `val`. */
export async function* linearYardstick(options: {
  readonly pixels: PixelSource;
  readonly train: readonly LabelledPhoto[];
  readonly val: readonly LabelledPhoto[];
  readonly classes: number;
  readonly signal?: AbortSignal | undefined;
}): AsyncGenerator<WorkEvent, number> {
  const { train, val, classes, signal } = options;
  const { linearAccuracy, linearFeatures } = await import("@fleuron/drawn-flowers");
  const reader = new PixelReader(options.pixels);
  const read = async (photos: readonly LabelledPhoto[]): Promise<LinearSample[]> => {
    const samples: LinearSample[] = new Array(photos.length);
    const load = async (index: number) => {
      signal?.throwIfAborted();
      const { label } = photos[index]!;
      samples[index] = { label, features: linearFeatures(await reader.read(photos[index]!)) };
    };
    for await (const _ of mapConcurrently(photos.keys(), FILES_AT_ONCE, load));
    return samples;
  };
  const fit = linearAccuracy(await read(train), await read(val), classes);
  for (;;) {
    const next = fit.next();
    if (next.done) return next.value;
    yield progress(TASK, next.value.epoch, next.value.epochs, "epochs");
    await breathe();
    signal?.throwIfAborted();
  }
}
