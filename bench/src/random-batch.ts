// A batch of random photos of five classes for full-width AlexNet.
import { fillDropoutMask, randomStream } from "@fleuron/model";
import type { Batch } from "@fleuron/training";

export const batchSize = 32;
const classes = 5;
const hiddenUnits = 4096;

export function randomBatch(): Omit<Batch, "dropoutMasks"> {
  const targets = new Float32Array(batchSize * classes);
  for (let photo = 0; photo < batchSize; photo++) targets[photo * classes + (photo % classes)] = 1;
  return {
    size: batchSize,
    images: Float32Array.from({ length: batchSize * 3 * 227 * 227 }, () => Math.random() - 0.5),
    targets,
    sampleWeights: new Float32Array(batchSize).fill(1),
    normalizer: batchSize,
  };
}

/** The dropout masks of a step, for `photos` of them. */
export function masksOf(step: number, photos = batchSize): Batch["dropoutMasks"] {
  const mask = (index: number) => {
    const values = new Float32Array(photos * hiddenUnits);
    fillDropoutMask(randomStream(0, "dropoutMask", 0, step * 2 + index), values, 0.5);
    return values;
  };
  return { "dropout1/mask": mask(0), "dropout2/mask": mask(1) };
}
