// A run in which the head alone learns, on drawn photos.
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { inferenceGraph, withHead } from "@fleuron/graph";
import { type Network, networkParameters, notebookPreprocessing } from "@fleuron/model";
import { prepareDataset, scanDataset } from "@fleuron/photos";
import { openCheckpoint, readMetrics } from "@fleuron/run-folder";
import { follow } from "@fleuron/testing";
import type { NamedTensor, TrainingPlan } from "@fleuron/training";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TrainJobOptions, trainJob } from "../../dist/jobs/train-job.js";
import { type Lab, openLab } from "../fixtures/lab.js";

const size = 16;
const preprocessing = { ...notebookPreprocessing, size };
const layers: Network = {
  formatVersion: 1,
  name: "small",
  input: { channels: 3, height: size, width: size },
  layers: [
    {
      type: "conv2d",
      id: "conv1",
      filters: 4,
      kernelSize: [3, 3],
      strides: [2, 2],
      padding: "valid",
      activation: "relu",
    },
    { type: "flatten", id: "flatten" },
    { type: "dense", id: "dense1", units: 8, activation: "relu" },
    { type: "dense", id: "dense2", units: 5, activation: "linear" },
  ],
};
const { network, parameters } = withHead(
  {
    type: "imported",
    name: "small",
    inference: inferenceGraph(layers),
    parameters: networkParameters(layers),
  },
  { classes: 2 },
);
const plan: TrainingPlan = {
  network,
  trainable: [...parameters],
  optimiser: { type: "sgd", momentum: 0.9, nesterov: true, weightDecay: 1e-4, clipNorm: 5 },
  precision: "float32",
  batchSize: 4,
};

let lab: Lab;
let data: TrainJobOptions["data"];
beforeAll(async () => {
  lab = await openLab();
  const scan = await scanDataset(await lab.photos("photos", { perClass: 6, width: 30 }));
  const storage = { kind: "squash", size, filter: "nearest" } as const;
  const { result } = await follow(prepareDataset(scan, { storage, threads: 1 }));
  const photos = result.photos.map(({ path, fileHash, label }) => ({ path, fileHash, label }));
  const validates = (_: unknown, index: number) => index % 3 === 0;
  data = {
    settings: {
      seed: 1,
      batchSize: 4,
      keepPartialBatch: true,
      classes: 2,
      labelSmoothing: 0.1,
      preprocessing,
      augmentation: { type: "none" },
      mixing: null,
      dropoutMasks: [],
    },
    pixels: result.pixels,
    valPixels: result.pixels,
    train: photos.filter((photo, index) => !validates(photo, index)),
    val: photos.filter(validates),
  };
});
afterAll(() => lab[Symbol.asyncDispose]());

async function run(name: string, changes: Partial<TrainJobOptions> = {}) {
  const folder = lab.path(name);
  await mkdir(folder, { recursive: true });
  const job = trainJob(
    {
      folder,
      plan,
      data,
      schedule: { type: "inverseTime", learningRate: 0.05, decay: 0 },
      epochs: 3,
      loop: {},
      timeBudget: undefined,
      initialisation: {
        conv2dKernel: { type: "heNormal" },
        denseKernel: { type: "glorotUniform" },
        bias: { type: "constant", value: 0 },
      },
      initialWeights: [],
      engine: "onnx-cpu",
      threads: 1,
      deterministic: false,
      resume: false,
      checkpointEvery: { unit: "minutes", minutes: 60 },
      ...changes,
    },
    new AbortController().signal,
  );
  const { events } = await follow(job);
  const computed = events.filter((event) => event.type === "progress" && event.task === "features of photos");
  return { computed, losses: lossesOf(await readMetrics(folder)), state: await stateIn(folder) };
}

const lossesOf = (metrics: Awaited<ReturnType<typeof readMetrics>>) =>
  metrics.flatMap(({ loss, valLoss }) => [loss, valLoss]);

async function stateIn(folder: string): Promise<ReadonlyMap<string, NamedTensor>> {
  await using checkpoint = await openCheckpoint(join(folder, "last.safetensors"), plan);
  const state = new Map<string, NamedTensor>();
  for await (const tensor of checkpoint.read())
    state.set(tensor.name, { ...tensor, data: tensor.data.slice() });
  return state;
}

const closeTo = (numbers: ArrayLike<number>) => Array.from(numbers, (value) => expect.closeTo(value, 5));

it("learns what it learns when each photo goes through the body in each epoch", async () => {
  const features = await run("features");
  // Mixing asks for photos; of a share of 0 it mixes none.
  const settings = { ...data.settings, mixing: { probability: 0, cutMixAlpha: 1, mixupAlpha: 1 } };
  const photos = await run("photos-of-each-epoch", { data: { ...data, settings } });
  expect(photos.computed).toEqual([]);
  expect(features.losses).toEqual(closeTo(photos.losses));
  expect([...features.state.keys()]).toEqual([...photos.state.keys()]);
  for (const [name, { data: numbers }] of photos.state)
    expect([...features.state.get(name)!.data], name).toEqual(closeTo(numbers));
});

it("computes the features of a photo once, and those that are gone again", async () => {
  const { losses } = await run("one");
  const again = await run("another", { epochs: 4 });
  expect(again.computed).toEqual([]);
  expect(again.losses.slice(0, losses.length)).toEqual(losses);
  const pixels = lab.path("cache", "pixels");
  const [gone] = (await readdir(pixels, { recursive: true })).filter((name) => name.endsWith(".f32"));
  await rm(join(pixels, gone!));
  expect((await run("a third")).computed).toEqual([
    { type: "progress", task: "features of photos", completed: 1, total: 1, unit: "photos" },
  ]);
});

it("resumes with the same losses as a run that was never stopped", async () => {
  const whole = await run("whole");
  await run("stopped", { epochs: 2 });
  const resumed = await run("stopped", { resume: true });
  expect(resumed.losses).toEqual(whole.losses);
  expect(resumed.state).toEqual(whole.state);
});
