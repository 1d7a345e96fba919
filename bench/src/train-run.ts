// A whole run of two epochs on drawn photos: decoding, cache, augmentation, validation and checkpoints included.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { train } from "@fleuron/trainer";
import { givenOptions, report } from "./in-process.js";
import { peakRssBytes } from "./peak-memory.js";
import { temporaryFolder } from "./temporary-folder.js";

export interface RunResult {
  /** In the second epoch: share of the time that was spent waiting for photos. */
  readonly dataWait: number;
  readonly imagesPerSecond: number;
  readonly peakRssBytes: number;
}

const classes = 5;
const photosPerClass = 90;

const { threads } = givenOptions<{ threads: number }>();
await using temporary = await temporaryFolder("bench");
process.env.FLEURON_CACHE = join(temporary.folder, "cache");
await drawPhotos(join(temporary.folder, "photos"));
const events = train({
  data: join(temporary.folder, "photos"),
  recipe: "modern",
  epochs: 2,
  threads,
  out: join(temporary.folder, "run"),
});
for await (const event of events) {
  if (event.type !== "epoch" || event.epoch !== 2) continue;
  const { dataWait, imagesPerSecond } = event;
  report({
    dataWait,
    imagesPerSecond,
    peakRssBytes: peakRssBytes(),
  } satisfies RunResult);
}

async function drawPhotos(root: string): Promise<void> {
  for (let label = 0; label < classes; label++) {
    const directory = join(root, `class${label}`);
    await mkdir(directory, { recursive: true });
    for (let index = 0; index < photosPerClass; index++) {
      const image = drawFlower({ width: 320, height: 240, label, seed: label * photosPerClass + index });
      await writeFile(join(directory, `${index}.jpg`), await encodeJpeg(image));
    }
  }
}
