import { interpret, networkOf, type ReferenceTensor, referenceTensor, withHead } from "@fleuron/graph";
import { notebookPreprocessing } from "@fleuron/model";
import { drawFlower } from "@fleuron/testing";
import * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { BatchMaker } from "../data/batch-maker.js";
import type { Batch, TrainingEngine } from "../engine/engine.js";
import { distance } from "../fixtures/engine-contract.js";
import {
  adamw,
  drawnStep,
  importedNetwork,
  planWith,
  stateOf,
  tinyState,
} from "../fixtures/reference-step.js";
import { OnnxEngine } from "../onnx/onnx-engine.js";
import type { TrainingPlan } from "../plan.js";
import { recipes } from "../recipes/index.js";
import { learningParameters, parameterStateName, stateTensors } from "../state.js";
import { bodyFeatures } from "./body-features.js";
import { FeatureData } from "./feature-data.js";
import type { FeatureSet } from "./feature-set.js";
import { headAlone } from "./head-alone.js";
import { HeadEngine } from "./head-engine.js";

const { network, parameters } = withHead(importedNetwork, { classes: 4 });
const alike = { augmentation: { type: "none" }, mixing: null } as const;
const planFor = (optimiser: Parameters<typeof planWith>[0]): TrainingPlan => ({
  ...planWith(optimiser),
  network,
  trainable: [...parameters],
});

const description = { engine: "onnx-cpu", precision: "float32", threads: 1, versions: {} };
const open = (plan: TrainingPlan) => new OnnxEngine(plan, { runtime: ort, threads: 1, description });

async function enginesFor(plan: TrainingPlan) {
  const parts = headAlone(plan, alike)!;
  const [whole, head] = [open(plan), new HeadEngine(plan, parts, open(parts.head))];
  for (const engine of [whole, head]) await engine.write(tinyState(plan));
  return { parts, whole, head };
}

/** The batch with what the body gives in place of its photos. */
async function featuresOf(
  batch: Batch,
  { body, frozen }: NonNullable<ReturnType<typeof headAlone>>,
  engine: TrainingEngine,
): Promise<Batch> {
  const state = await stateOf(engine.read());
  const feeds: Record<string, ReferenceTensor> = Object.fromEntries(
    frozen.map((parameter) => [parameter.name, state.get(parameterStateName(parameter))!]),
  );
  const { channels, height, width } = networkOf(network).input;
  feeds.image = referenceTensor([batch.size, channels, height, width], batch.images);
  return { ...batch, images: Float32Array.from(interpret(body, feeds).outputs.get("features")!.data) };
}

describe("a head alone", () => {
  it("is what learns, of an imported network, from photos that are the same in each epoch", () => {
    const plan = planFor({});
    const { head, frozen } = headAlone(plan, alike)!;
    expect(learningParameters(head)).toEqual(learningParameters(plan));
    expect([...frozen, ...networkOf(head.network).parameters]).toEqual(network.parameters);
    const { augmentation, mixing } = recipes.modern;
    expect(headAlone(plan, { ...alike, augmentation })).toBeUndefined();
    expect(headAlone(plan, { ...alike, mixing })).toBeUndefined();
    expect(headAlone({ ...plan, trainable: ["dense1/bias", ...parameters] }, alike)).toBeUndefined();
    expect(headAlone(planWith({}), alike)).toBeUndefined();
  });

  it.each([
    ["momentum", { nesterov: true, weightDecay: 0.05, clipNorm: 0.5 }],
    ["AdamW", adamw],
  ])("learns from features what it learns in the whole network: %s", async (_, optimiser) => {
    const plan = planFor(optimiser);
    const { parts, whole, head } = await enginesFor(plan);
    await using _whole = whole;
    await using _head = head;
    for (const seed of [1, 2, 3]) {
      const batch = drawnStep(6, seed);
      const features = await featuresOf(batch, parts, head);
      const expected = await whole.step(batch, { learningRate: 0.1 });
      const { loss, correctCount } = await head.step(features, { learningRate: 0.1 });
      expect(loss).toBeCloseTo(expected.loss, 5);
      expect(correctCount).toBe(expected.correctCount);
    }
    const expected = await stateOf(whole.read());
    const state = await stateOf(head.read());
    expect([...state.keys()]).toEqual(stateTensors(plan).map(({ name }) => name));
    for (const [name, { data }] of state)
      expect(distance(data, expected.get(name)!.data), name).toBeLessThan(1e-5);
  });

  it("goes on from a state of the whole network as if nothing had happened", async () => {
    const plan = planFor({});
    const { parts, whole, head } = await enginesFor(plan);
    await using _whole = whole;
    await using _head = head;
    const batch = await featuresOf(drawnStep(6, 1), parts, head);
    await head.step(batch, { learningRate: 0.1 });
    await using again = new HeadEngine(plan, parts, open(parts.head));
    await again.write(head.read());
    const { loss } = await head.step(batch, { learningRate: 0.1 });
    expect((await again.step(batch, { learningRate: 0.1 })).loss).toBe(loss);
    const [only] = parameters;
    const named = await stateOf(again.read([`weights/${only}`, "weights/conv1/kernel"]));
    expect([...named.keys()].toSorted()).toEqual(["weights/conv1/kernel", `weights/${only}`]);
    const wrong = { name: "weights/conv1/kernel", shape: [1], data: new Float32Array(1) };
    await expect(again.write(of([wrong]))).rejects.toMatchObject({ code: "checkpoint-mismatch" });
  });
});

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function* of<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

it("makes a batch while the body computes the one before", async () => {
  const done: string[] = [];
  const found = bodyFeatures([1, 2, 3, 4, 5], {
    atOnce: 2,
    imageLength: 1,
    async fill(photo, images, at) {
      done.push(`read ${photo}`);
      images[at] = photo;
    },
    async body({ images }) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      done.push(`computed ${images.join(" and ")}`);
      return images;
    },
  });
  expect((await all(found)).map((features) => [...features])).toEqual([[1, 2], [3, 4], [5]]);
  expect(done).toEqual([
    ...["read 1", "read 2", "read 3", "read 4", "computed 1 and 2"],
    ...["read 5", "computed 3 and 4", "computed 5"],
  ]);
});

describe("batches of features", () => {
  const labels = [0, 1, 2, 0, 1, 2, 0];
  /** A photo's features say which it is. */
  const set: FeatureSet = {
    labels,
    length: 2,
    data: Float32Array.from(labels.flatMap((_, photo) => [photo, -1])),
  };
  const settings = { seed: 3, batchSize: 3, keepPartialBatch: true, classes: 3, labelSmoothing: 0.2 };
  const data = new FeatureData(settings, set, set);

  it("have the photos and targets that batches of photos have", async () => {
    const flower = drawFlower({ label: 0, seed: 1, width: 8, height: 8 });
    const preprocessing = { ...notebookPreprocessing, size: 4 };
    const rest = { augmentation: { type: "none" }, mixing: null, dropoutMasks: [] } as const;
    const maker = new BatchMaker(
      { ...settings, ...rest, preprocessing },
      { labels, read: async () => flower },
    );
    const batches = await all(data.training(1, 0));
    for (const [step, { images, ...batch }] of batches.entries()) {
      const { images: _, ...expected } = await maker.training(1, step);
      expect(batch).toEqual(expected);
      const photos = Array.from({ length: batch.size }, (_, index) => images[index * 2]!);
      const smoothed = photos.flatMap((photo) =>
        [0, 1, 2].map((label) => (labels[photo] === label ? 0.8 : 0) + 0.2 / 3),
      );
      expect([...batch.targets]).toEqual(smoothed.map((share) => expect.closeTo(share, 6)));
    }
    expect(await all(data.training(1, 1))).toEqual(batches.slice(1));
  });

  it("validate with all photos in order", async () => {
    const [batch, ...others] = await all(data.validation());
    expect(others).toEqual([]);
    expect(batch).toEqual({ size: 7, images: set.data, labels });
  });
});
