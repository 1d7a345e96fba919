import { describe, expect, it } from "vitest";
import type { LabelledBatch } from "../data/training-data.js";
import { evaluateBatches, softmax } from "./evaluate.js";

/** An engine whose logits are the images. */
const echo = {
  predict: async ({ images }: { images: Float32Array }) => ({ data: images, classes: 3 }),
};

async function* batches(...given: readonly (readonly (readonly [number, readonly number[]])[])[]) {
  for (const photos of given) {
    const batch: LabelledBatch = {
      size: photos.length,
      images: Float32Array.from(photos.flatMap(([, logits]) => logits)),
      labels: photos.map(([label]) => label),
    };
    yield batch;
  }
}

async function sumsOf(work: ReturnType<typeof evaluateBatches>) {
  const counts: number[] = [];
  for (;;) {
    const { done, value } = await work.next();
    if (done) return { counts, sums: value };
    counts.push(value.count);
  }
}

describe("evaluateBatches", () => {
  it("sums the cross-entropy of all photos and fills confusion[actual][predicted]", async () => {
    const work = evaluateBatches(
      echo,
      batches(
        [
          [0, [0, 0, 0]],
          [1, [1, 5, 2]],
        ],
        [[1, [4, 1, 1]]],
      ),
      3,
    );
    const { counts, sums } = await sumsOf(work);
    const entropy = (logits: readonly number[], label: number) =>
      -Math.log(Math.exp(logits[label]!) / logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
    const wanted = Math.log(3) + entropy([1, 5, 2], 1) + entropy([4, 1, 1], 1);
    expect(sums.loss).toBeCloseTo(wanted, 6);
    expect(sums).toMatchObject({ correct: 2, count: 3 });
    expect(sums.confusion).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [0, 0, 0],
    ]);
    expect(counts).toEqual([2, 3]);
  });

  it("takes logits that are too large for an exponential", async () => {
    const { sums } = await sumsOf(evaluateBatches(echo, batches([[0, [2000, 1000, -1000]]]), 3));
    expect(sums.loss).toBe(0);
    const { sums: wrong } = await sumsOf(evaluateBatches(echo, batches([[1, [2000, 1000, -1000]]]), 3));
    expect(wrong.loss).toBe(1000);
  });

  it("averages the probabilities of a photo's views", async () => {
    async function* views(): AsyncGenerator<LabelledBatch> {
      const images = Float32Array.of(...[0, 2, 0], ...[3, 0, 0], ...[1000, 0, 0], ...[0, 0, 1001]);
      yield { size: 4, views: 2, images, labels: [0, 1] };
    }
    const { sums } = await sumsOf(evaluateBatches(echo, views(), 3));
    const share = (logit: number, rest: readonly number[]) =>
      Math.exp(logit) / [logit, ...rest].reduce((sum, other) => sum + Math.exp(other), 0);
    const first = (share(0, [2, 0]) + share(3, [0, 0])) / 2;
    // Both views are sure about the other photo's class that it is wrong: e^-1000 and e^-1001.
    const second = 1000 + Math.log(2) - Math.log1p(Math.exp(-1));
    expect(sums.loss).toBeCloseTo(-Math.log(first) + second, 4);
    expect(sums).toMatchObject({ count: 2, correct: 1 });
    expect(sums.confusion[0]).toEqual([1, 0, 0]);
  });

  it("does not hide logits that are not numbers", async () => {
    const { sums } = await sumsOf(evaluateBatches(echo, batches([[0, [Number.NaN, 1, 2]]]), 3));
    expect(sums.loss).toBeNaN();
    expect(sums.correct).toBe(0);
  });
});

describe("softmax", () => {
  it("gives probabilities that sum to 1, whatever is added to all logits", () => {
    const [small, large] = [softmax(Float32Array.of(1, 2, 3)), softmax(Float32Array.of(1001, 1002, 1003))];
    expect(small.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    expect([...large]).toEqual([...small].map((value) => expect.closeTo(value, 6)));
    expect(small[2]! / small[1]!).toBeCloseTo(Math.E, 5);
  });
});
