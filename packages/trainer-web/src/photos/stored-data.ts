import {
  BatchMaker,
  type BatchSettings,
  evaluationBatch,
  type LabelledBatch,
  stepsPerEpoch,
  type TrainingData,
} from "@fleuron/training/data";
import type { PhotoStore } from "./photo-store.js";

/** Batches of a run's photos: each is made while the one before it is computed. */
export function storedData({ photos, read }: PhotoStore, settings: BatchSettings): TrainingData {
  const train = photos.filter(({ validates }) => !validates);
  const val = photos.filter(({ validates }) => validates);
  const maker = new BatchMaker(settings, {
    labels: train.map(({ label }) => label),
    read: (index) => read(train[index]!.pixels),
  });
  const steps = stepsPerEpoch(train.length, settings);
  const { batchSize } = settings;
  const evaluated = async (index: number): Promise<LabelledBatch> => {
    const [begin, end] = [index * batchSize, Math.min((index + 1) * batchSize, val.length)];
    const batch = await evaluationBatch(settings, (photo) => read(val[photo]!.crops), begin, end);
    return { ...batch, labels: val.slice(begin, end).map(({ label }) => label) };
  };
  return {
    stepsPerEpoch: steps,
    valCount: val.length,
    training: (epoch, firstStep) =>
      oneAhead(steps - firstStep, (index) => maker.training(epoch, firstStep + index)),
    validation: () => oneAhead(Math.ceil(val.length / batchSize), evaluated),
  };
}

async function* oneAhead<Item>(count: number, make: (index: number) => Promise<Item>): AsyncGenerator<Item> {
  let next = count > 0 ? make(0) : undefined;
  for (let index = 0; next !== undefined; index++) {
    const item = await next;
    next = index + 1 < count ? make(index + 1) : undefined;
    // A consumer that stops early never awaits it.
    next?.catch(() => undefined);
    yield item;
  }
}
