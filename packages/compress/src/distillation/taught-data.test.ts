import type { Batch, TrainingData } from "@fleuron/training";
import { describe, expect, it } from "vitest";
import { taughtData } from "./taught-data.js";

const CLASSES = 3;

/** Two steps an epoch, whose images say the epoch and the step. */
const data: TrainingData = {
  stepsPerEpoch: 2,
  valCount: 0,
  async *validation() {},
  async *training(epoch, firstStep) {
    for (let step = firstStep; step < 2; step++) yield batchOf(epoch, step);
  },
};

function batchOf(epoch: number, step: number): Batch {
  return {
    size: 2,
    images: Float32Array.of(epoch, step),
    targets: Float32Array.of(1, 0, 0, 0, 0, 1),
    sampleWeights: Float32Array.of(1, 1),
    normalizer: 2,
    dropoutMasks: {},
  };
}

/** Logits whose softmax is 1/2, 1/4, 1/4 for the first photo and 1/7, 2/7, 4/7 for the second. */
function teacherThatNotes() {
  const asked: number[][] = [];
  return {
    asked,
    predict: async ({ images }: { images: Float32Array }) => {
      asked.push([...images]);
      return {
        data: Float32Array.of(Math.log(2), 0, 0, 0, Math.log(2), Math.log(4)),
        classes: CLASSES,
      };
    },
  };
}

async function targetsOf(taught: TrainingData, epoch: number, firstStep = 0) {
  const targets: number[][] = [];
  for await (const batch of taught.training(epoch, firstStep)) targets.push([...batch.targets]);
  return targets;
}

describe("taughtData", () => {
  it("has targets that are half the photo's label and half what the teacher says", async () => {
    const taught = taughtData(data, { teacher: teacherThatNotes(), views: 2, mostBytes: 1000 });
    const [targets] = await targetsOf(taught, 0);
    const expected = [3 / 4, 1 / 8, 1 / 8, 1 / 14, 2 / 14, 1 / 2 + 4 / 14];
    for (const [at, value] of targets!.entries()) expect(value).toBeCloseTo(expected[at]!, 6);
  });

  it("asks the teacher once about each version of the photos, wherever an epoch begins", async () => {
    const teacher = teacherThatNotes();
    const taught = taughtData(data, { teacher, views: 2, mostBytes: 1000 });
    const first = await targetsOf(taught, 0);
    await targetsOf(taught, 1, 1);
    expect(await targetsOf(taught, 2)).toEqual(first);
    await targetsOf(taught, 3);
    expect(teacher.asked).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 0],
    ]);
  });

  it("keeps no more bytes of targets than it may, and gives the same ones", async () => {
    const teacher = teacherThatNotes();
    // Those of one batch: 2 photos of 3 classes.
    const taught = taughtData(data, { teacher, views: 1, mostBytes: 30 });
    const first = await targetsOf(taught, 0);
    expect(await targetsOf(taught, 1)).toEqual(first);
    expect(teacher.asked).toEqual([
      [0, 0],
      [0, 1],
      [0, 1],
    ]);
  });
});
