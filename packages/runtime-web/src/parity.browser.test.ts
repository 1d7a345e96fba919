// A trained network names photos in a browser as the trainer does, from the bytes of the same files.
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { type TrainedBundle, trainBundle } from "./fixtures/trained-bundle.js";
import type { ExecutionProvider } from "./index.js";

let trained: TrainedBundle;
let lab: Lab;
beforeAll(async () => {
  trained = await trainBundle(20);
  const files = trained.photos.map(
    async (path, index) => [`/photos/${index}.jpg`, await readFile(path)] as const,
  );
  lab = await openLab({ bundle: trained.bundle, files: Object.fromEntries(await Promise.all(files)) });
});
afterAll(() => lab[Symbol.asyncDispose]());

async function classify(executionProvider: ExecutionProvider, photos: readonly number[]) {
  const page = await lab.page();
  return page.evaluate(
    async ({ executionProvider, photos }) => {
      const classifier = await window.fleuron.loadClassifier("/bundle/", {
        executionProviders: [executionProvider],
      });
      const results = await Promise.all(photos.map((index) => classifier.classify(`/photos/${index}.jpg`)));
      await classifier.dispose();
      return results.map(({ predictions }) => predictions);
    },
    { executionProvider, photos },
  );
}

it("the trained network tells photos apart", () => {
  const named = new Set(trained.predictions.map(([best]) => best.label));
  expect(named.size).toBeGreaterThan(1);
});

it.each([
  ["wasm", 1],
  ["webgpu", 10],
] as const)("on %s, one photo in %i gets the trainer's label and probabilities", async (provider, every) => {
  const photos = [...trained.photos.keys()].filter((index) => index % every === 0);
  const answers = await classify(provider, photos);
  expect(answers).toHaveLength(photos.length);
  let largest = 0;
  answers.forEach((predictions, at) => {
    const expected = trained.predictions[photos[at]];
    const [first, second] = expected;
    if (first.probability - second.probability > 0.02) expect(predictions[0].label).toBe(first.label);
    for (const { label, probability } of expected) {
      const given = predictions.find((prediction) => prediction.label === label)!.probability;
      largest = Math.max(largest, Math.abs(given - probability));
    }
  });
  expect(largest).toBeLessThan(0.01);
});
