import { type DescribedModel, mosaicInput } from "@fleuron/model";
import type { OpenModel } from "../open-model.js";

/** As far as storage and engines may differ from each other. */
const TOLERANCE = 1e-4;

/** Runs a model on the picture of its sample. @throws Error that says, as half a sentence, what it gave instead. */
export async function checkSample(opened: OpenModel, { manifest, model }: DescribedModel): Promise<void> {
  const { seed, predictions } = model.sample!;
  const given = await opened.run(mosaicInput(seed, manifest.preprocessing), 1);
  for (const { label, probability } of predictions) {
    const own = given[manifest.labels.indexOf(label)]!;
    if (Math.abs(own - probability) <= TOLERANCE) continue;
    throw new Error(
      `it gave ${own.toFixed(4)} for '${label}' of the sample, and the manifest has ${probability.toFixed(4)}`,
    );
  }
}
