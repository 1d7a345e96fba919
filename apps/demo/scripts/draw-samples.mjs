// Sample pictures for those who have no photo at hand: flowers that the project draws, one of each kind.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { drawFlowerPicture, drawnLabels } from "@fleuron/drawn-flowers";
import sharp from "sharp";

/** Networks are trained on the drawings of other seeds. */
const SEED = 1931;

/** Which drawing of the seed's: chosen by eye, as pictures. */
const INDICES = { daisy: 3, dandelion: 0, roses: 3, sunflowers: 5, tulips: 4 };

export async function drawSamples(folder) {
  await mkdir(folder, { recursive: true });
  const samples = [];
  for (const label of drawnLabels) {
    const { data, width, height } = drawFlowerPicture({ label, seed: SEED, index: INDICES[label] });
    const file = `${label}.webp`;
    await sharp(data, { raw: { width, height, channels: 3 } })
      .webp({ quality: 90 })
      .toFile(join(folder, file));
    samples.push({ label, path: `samples/${file}`, width, height });
  }
  return samples;
}
