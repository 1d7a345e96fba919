// Batches made by threads, of the built package: threads start from it.
import { notebookPreprocessing } from "@fleuron/model";
import { type Batch, BatchMaker, type BatchSettings } from "@fleuron/training/data";
import { expect, it } from "vitest";
import { type BatchWorkerData, WorkerData } from "../../dist/batches/index.js";
import { PixelReader } from "../../dist/index.js";
import { photoLab } from "../fixtures/photo-lab.js";

const lab = photoLab();

const settings: BatchSettings = {
  seed: 7,
  batchSize: 2,
  keepPartialBatch: true,
  classes: 2,
  labelSmoothing: 0.1,
  preprocessing: { ...notebookPreprocessing, size: 16 },
  augmentation: { type: "none" },
  mixing: null,
  dropoutMasks: [{ name: "dropout", keepRate: 0.5, size: 3 }],
};

async function collect(data: BatchWorkerData, firstStep: number): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  await using workers = new WorkerData(data);
  for await (const batch of workers.training(3, firstStep)) batches.push(batch);
  return batches;
}

it.each([
  ["two threads", 21],
  ["one thread, for few batches", 5],
])("come in order from %s, as they are made without", async (_, photos) => {
  await lab.fill(lab.root, 12);
  const { dataset } = await lab.prepare();
  const train = dataset.photos.slice(0, photos);
  const { pixels } = dataset;
  const reader = new PixelReader(pixels);
  const maker = new BatchMaker(settings, {
    labels: train.map(({ label }) => label),
    read: (index) => reader.read(train[index]!),
  });
  const steps = Math.ceil(photos / settings.batchSize);
  const expected = await Promise.all(
    Array.from({ length: steps - 1 }, (_, index) => maker.training(3, index + 1)),
  );
  expect(await collect({ settings, pixels, valPixels: pixels, train, val: [] }, 1)).toEqual(expected);
});
