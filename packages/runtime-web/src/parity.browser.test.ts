// A trained network names photos in a browser as it does in Node, from the bytes of the same files.
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { type TrainedBundle, trainedBundle } from "./fixtures/trained-bundle.js";
import type { ExecutionProvider } from "./index.js";

const PER_CLASS = 20;

let trained: TrainedBundle;
let lab: Lab;
beforeAll(async () => {
  trained = await trainedBundle(PER_CLASS);
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
        precision: "float32",
      });
      const results = await Promise.all(photos.map((index) => classifier.classify(`/photos/${index}.jpg`)));
      await classifier.dispose();
      return results.map(({ predictions }) => predictions);
    },
    { executionProvider, photos },
  );
}

it("the trained network tells photos apart", () => {
  const named = new Set(trained.predictions.map(([best]) => best!.label));
  expect(named.size).toBeGreaterThan(1);
});

it.for([
  ["wasm", 1],
  ["webgpu", PER_CLASS],
] as const)(
  "on %s, one photo in %i gets Node's label and probabilities",
  async ([provider, every], { annotate }) => {
    const photos = [...trained.photos.keys()].filter((index) => index % every === 0);
    const answers = await classify(provider, photos);
    expect(answers).toHaveLength(photos.length);
    const differences: number[] = [];
    let agreeing = 0;
    answers.forEach((predictions, at) => {
      const expected = trained.predictions[photos[at]!]!;
      const [first, second] = [expected[0]!, expected[1]!];
      if (first.probability - second.probability > 0.02) expect(predictions[0]!.label).toBe(first.label);
      if (predictions[0]!.label === first.label) agreeing++;
      for (const { label, probability } of expected) {
        const given = predictions.find((prediction) => prediction.label === label)!.probability;
        differences.push(Math.abs(given - probability));
      }
    });
    const largest = Math.max(...differences);
    const mean = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
    await annotate(
      `${photos.length} photos: |Δ probability| at most ${largest.toExponential(1)}, ` +
        `${mean.toExponential(1)} on average; ${agreeing} have the same first label`,
    );
    expect(largest).toBeLessThan(0.01);
  },
);
