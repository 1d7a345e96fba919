// Asks a classifier again and again with a part of the photo covered.
import type { Classification, ClassifyOptions, ProgressEvent } from "@fleuron/model";
import { type Heat, heatOf } from "./heat.js";
import { occlude, type Pixels } from "./occlude.js";
import { patchesOf } from "./patches.js";

export interface Explanation {
  readonly heat: Heat;
  /** The label's probability on the photo as it is. */
  readonly probability: number;
  /** Under the patch that took the most away. */
  readonly lowest: number;
}

/** What is done so far, and the map from it. */
export interface ExplainEvent extends ProgressEvent {
  readonly heat: Heat;
}

export interface ExplainOptions {
  readonly pixels: Pixels;
  readonly label: string;
  /** Photos in, one run of the model, in their order. */
  readonly classify: (
    photos: readonly Pixels[],
    options?: ClassifyOptions,
  ) => Promise<readonly Classification[]>;
  /** Photos in a run. Default 8. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
}

/** @throws the signal's reason; what `classify` throws. */
export async function* explain(options: ExplainOptions): AsyncGenerator<ExplainEvent, Explanation> {
  const { pixels, label, classify, batchSize = 8, signal } = options;
  const { width, height } = pixels;
  const patches = patchesOf(width, height);
  const probabilities = async (photos: readonly Pixels[]) =>
    (await classify(photos, { ...(signal && { signal }) })).map(({ predictions }) => {
      const found = predictions.find((prediction) => prediction.label === label);
      if (!found) throw new Error(`internal: the classifier does not know '${label}'`);
      return found.probability;
    });

  const [probability] = (await probabilities([pixels])) as [number];
  const falls: number[] = [];
  const event = (): ExplainEvent => ({
    type: "progress",
    task: "explaining",
    completed: falls.length,
    total: patches.length,
    unit: "patches",
    heat: heatOf(width, height, patches, falls),
  });
  yield event();
  while (falls.length < patches.length) {
    const batch = patches.slice(falls.length, falls.length + batchSize);
    const covered = await probabilities(batch.map((patch) => occlude(pixels, patch)));
    falls.push(...covered.map((value) => probability - value));
    yield event();
  }
  return { heat: event().heat, probability, lowest: probability - Math.max(...falls) };
}
