// Ranks that share a run, here in one process; packages/trainer has the same over Open MPI.
import { type Network, notebookPreprocessing } from "@fleuron/model";
import { drawFlower, tinyNetwork } from "@fleuron/testing";
import * as ort from "onnxruntime-node";
import { beforeAll, describe, expect, it } from "vitest";
import { cropSetOf, cropsOf } from "../augmentation/views.js";
import { BatchMaker } from "../data/batch-maker.js";
import { type BatchSettings, type Share, stepsPerEpoch } from "../data/batch-settings.js";
import { evaluationBatch } from "../data/evaluation-batch.js";
import { computedPart, partOfBatch } from "../data/part-of-batch.js";
import type { TrainingData } from "../data/training-data.js";
import type { LoopEvent } from "../events.js";
import { distance, planWith, ranksInProcess, stateOf, tinyState } from "../fixtures/index.js";
import { trainLoop } from "../loop/train.js";
import { OnnxEngine } from "../onnx/index.js";
import type { TrainingPlan } from "../plan.js";
import { follow, lead } from "./index.js";
import type { Ranks } from "./ranks.js";

const SIDE = 31;
const BATCH = 7;
const flowers = Array.from({ length: 24 }, (_, seed) =>
  drawFlower({ label: seed % 4, seed, width: 40, height: 36 }),
);
const labels = flowers.map((_, index) => index % 4);

const settings: BatchSettings = {
  seed: 3,
  batchSize: BATCH,
  keepPartialBatch: true,
  classes: 4,
  labelSmoothing: 0.1,
  preprocessing: {
    ...notebookPreprocessing,
    size: SIDE,
    resize: { fit: "cover", filter: "triangle", resizeTo: 33 },
  },
  augmentation: {
    type: "randomResizedCrop",
    area: [0.5, 1],
    aspectRatio: [1, 1],
    flip: true,
    brightness: 0.2,
    contrast: 0.2,
    saturation: 0.2,
  },
  mixing: { probability: 0.7, cutMixAlpha: 1, mixupAlpha: 0.2 },
  dropoutMasks: [{ name: "dropout1/mask", keepRate: 0.5, size: 16 }],
};

const withBatchNorm: Network = { ...tinyNetwork(), input: { channels: 3, height: SIDE, width: SIDE } };
const without: Network = {
  ...withBatchNorm,
  layers: withBatchNorm.layers.filter(({ type }) => type !== "batchNorm"),
};

/** 24 photos in batches of 7: the last one has 3, fewer than 4 ranks. */
const planOf = (network: Network): TrainingPlan => ({
  ...planWith({ nesterov: true, weightDecay: 0.01, clipNorm: 0.5 }),
  network,
  batchSize: BATCH,
});

/** The loop's data, of one rank or of all. */
function dataOf(share?: Share): TrainingData {
  const maker = new BatchMaker(
    { ...settings, ...(share && { share }) },
    { labels, read: async (photo) => flowers[photo]! },
  );
  const steps = stepsPerEpoch(flowers.length, settings);
  return {
    stepsPerEpoch: steps,
    valCount: flowers.length,
    async *training(epoch, firstStep) {
      for (let step = firstStep; step < steps; step++) yield await maker.training(epoch, step);
    },
    async *validation() {
      for (let begin = 0; begin < flowers.length; begin += BATCH) {
        const size = Math.min(BATCH, flowers.length - begin);
        const place = partOfBatch(size, share);
        const part = computedPart(place);
        const batch = await evaluationBatch(
          settings,
          async (photo) => cropsOf(flowers[photo]!, settings.preprocessing, cropSetOf("none")),
          begin + part.begin,
          begin + part.end,
        );
        yield { ...batch, labels: labels.slice(begin, begin + size), ...(share && { place }) };
      }
    },
  };
}

/** What the engines of all ranks hold at the end, rank 0 first, and what its loop has said. */
async function trained(network: Network, count: number, options: { readonly signal?: AbortSignal } = {}) {
  const plan = planOf(network);
  const members: readonly (Ranks | undefined)[] = count === 1 ? [undefined] : ranksInProcess(count);
  const events: LoopEvent[] = [];
  const states = await Promise.all(
    members.map(async (ranks) => {
      const description = { engine: "onnx-cpu", precision: "float32", threads: 1, versions: {} };
      await using engine = new OnnxEngine(plan, {
        runtime: ort,
        threads: 1,
        description,
        reduceGradients: (gradients) => ranks?.sum(gradients),
      });
      const data = dataOf(ranks);
      // The others begin with zeros: rank 0 shares its own.
      if ((ranks?.rank ?? 0) > 0) {
        await follow(ranks!, engine, data, plan);
      } else {
        await engine.write(tinyState(plan));
        await using leading = ranks && (await lead(ranks, engine, data, plan));
        const loop = trainLoop({
          engine: leading?.engine ?? engine,
          data: leading?.data ?? data,
          store: { saveLast: drain, saveBest: drain, appendMetrics: async () => undefined },
          schedule: { type: "warmupCosine", learningRate: 0.05, warmupEpochs: 1 },
          epochs: 3,
          classes: 4,
          checkpointDue: ({ steps }) => steps === 2,
          ...options,
        });
        for await (const event of loop) events.push(event);
      }
      return stateOf(engine.read());
    }),
  );
  return { states, events, ranks: members };
}

const drain = async (_: unknown, state: AsyncIterable<unknown>) => {
  for await (const _tensor of state);
};

/** The figures of steps and epochs, without what a clock has measured. */
const figuresOf = (events: readonly LoopEvent[]) =>
  events.flatMap((event) => {
    if (event.type === "step") return [event.loss, event.accuracy, event.learningRate];
    return event.type === "epoch" ? [event.valLoss, event.valAccuracy] : [];
  });

describe("a run that ranks share", () => {
  let alone: Awaited<ReturnType<typeof trained>>;
  beforeAll(async () => {
    alone = await trained(without, 1);
  });

  it.each([2, 3, 4])(
    "has the losses and weights of one process: %i ranks, no batch normalisation",
    async (count) => {
      const { states, events, ranks } = await trained(without, count);
      const expected = figuresOf(alone.events);
      expect(expected.length).toBe(3 * (4 * 3 + 2));
      for (const [index, figure] of figuresOf(events).entries())
        expect(Math.abs(figure - expected[index]!), `figure ${index}`).toBeLessThan(1e-5);
      for (const [name, { data }] of states[0]!)
        expect(distance(data, alone.states[0]!.get(name)!.data), name).toBeLessThan(1e-4);
      for (const state of states) expect(state).toEqual(states[0]);
      expect(ranks.every((each) => each && "finished" in each && each.finished)).toBe(true);
    },
  );

  it("has each rank's own statistics in its steps, and their mean in its state", async () => {
    const { states, events } = await trained(withBatchNorm, 2);
    expect(states[1]).toEqual(states[0]);
    const one = await trained(withBatchNorm, 1);
    expect(figuresOf(events)).not.toEqual(figuresOf(one.events));
    const name = "statistics/batchNorm1/movingMean";
    const [mean, whole] = [states[0]!.get(name)!.data, one.states[0]!.get(name)!.data];
    expect(distance(mean, whole)).toBeLessThan(0.1);
  });

  it("ends for all when rank 0 stops", async () => {
    const { events, ranks } = await trained(without, 2, { signal: AbortSignal.abort() });
    expect(events.filter(({ type }) => type === "step")).toHaveLength(1);
    expect(ranks.every((each) => each && "finished" in each && each.finished)).toBe(true);
  });
});
