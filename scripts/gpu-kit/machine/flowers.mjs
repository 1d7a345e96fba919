// A batch of drawn flowers, one kind after another.
import { drawFlowerPicture, drawnLabels } from "@fleuron/drawn-flowers";
import { madeUpBatch } from "@fleuron/training";

/** The middle of each picture, as many times smaller as it must be, from -2 to 2. */
export function flowerBatch(plan, imageSize) {
  const { dropoutMasks: _, ...batch } = madeUpBatch(plan);
  const images = new Float32Array(batch.images.length);
  const targets = new Float32Array(batch.targets.length);
  const area = imageSize ** 2;
  for (let photo = 0; photo < plan.batchSize; photo++) {
    const label = photo % drawnLabels.length;
    const { data, width, height } = drawFlowerPicture({ label: drawnLabels[label], seed: 1, index: photo });
    const scale = Math.min(width, height) / imageSize;
    const [left, top] = [(width - imageSize * scale) / 2, (height - imageSize * scale) / 2];
    for (let pixel = 0; pixel < area; pixel++) {
      const x = Math.floor(left + (pixel % imageSize) * scale);
      const y = Math.floor(top + Math.floor(pixel / imageSize) * scale);
      for (let channel = 0; channel < 3; channel++) {
        images[(photo * 3 + channel) * area + pixel] = data[(y * width + x) * 3 + channel] / 63.75 - 2;
      }
    }
    targets[photo * drawnLabels.length + label] = 1;
  }
  return { ...batch, images, targets };
}
