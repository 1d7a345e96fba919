import { drawFlowerPicture, drawnLabels } from "@fleuron/drawn-flowers";
import { inputLength, notebookPreprocessing, parsePreprocessing, preprocess } from "@fleuron/model";
import type { Batch } from "@fleuron/training";
import { masksOf } from "../random-batch.js";

const size = 16;
const specification = parsePreprocessing({ ...notebookPreprocessing, mean: [0.5, 0.5, 0.5] });

/** 16 drawn flowers, each kind in turn, for full-width AlexNet of five classes. */
export function drawnBatch(): Batch {
  const pixels = inputLength(specification);
  const images = new Float32Array(size * pixels);
  const targets = new Float32Array(size * drawnLabels.length);
  for (let photo = 0; photo < size; photo++) {
    const label = photo % drawnLabels.length;
    const picture = drawFlowerPicture({ label: drawnLabels[label]!, seed: 0, index: photo });
    preprocess(picture, specification, images, photo * pixels);
    targets[photo * drawnLabels.length + label] = 1;
  }
  return {
    size,
    images,
    targets,
    sampleWeights: new Float32Array(size).fill(1),
    normalizer: size,
    dropoutMasks: masksOf(0, size),
  };
}
