import { loadClassifier } from "@fleuron/runtime-node";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";

const photos = await Promise.all(
  [0, 1, 2].map((label) => encodeJpeg(drawFlower({ label, seed: label + 3, width: 120, height: 90 }))),
);
let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    files: Object.fromEntries(photos.map((photo, index) => [`/photos/${index}.jpg`, photo])),
  });
});
afterAll(() => lab[Symbol.asyncDispose]());

describe.each(["wasm", "webgpu"] as const)("a classifier on %s", (executionProvider) => {
  it("gives the probabilities that Node gives for the same files", async () => {
    const page = await lab.page();
    await using reference = await loadClassifier(lab.bundle.folder);
    const expected = await reference.classify(photos);
    const answer = await page.evaluate(async (executionProvider) => {
      const classifier = await window.fleuron.loadClassifier("/bundle", {
        executionProviders: [executionProvider],
      });
      const blobs = await Promise.all([0, 1, 2].map(async (i) => (await fetch(`/photos/${i}.jpg`)).blob()));
      const results = await classifier.classify(blobs);
      const single = await classifier.classify(blobs[1], { topK: 2 });
      const { executionProvider: used, fallbacks } = classifier;
      await classifier.dispose();
      return { results, single, used, fallbacks };
    }, executionProvider);
    expect(answer.used).toBe(executionProvider);
    expect(answer.fallbacks).toEqual([]);
    answer.results.forEach(({ predictions }, photo) => {
      predictions.forEach(({ label, probability }, rank) => {
        expect(label).toBe(expected[photo].predictions[rank].label);
        expect(probability).toBeCloseTo(expected[photo].predictions[rank].probability, 4);
      });
    });
    expect(answer.single.predictions).toEqual(answer.results[1].predictions.slice(0, 2));
    expect(new Set(answer.results.map(({ predictions }) => predictions[0].probability)).size).toBe(3);
  });
});
