import { bundlePrecisions, inputType } from "@fleuron/model";
import { loadClassifier } from "@fleuron/runtime-node";
import { drawFlower, encodeJpeg, importedPreprocessing, importSource, tinyNetwork } from "@fleuron/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { makeUpBundle, type TestBundle } from "./fixtures/made-up-bundle.js";

const photos = await Promise.all(
  [0, 1, 2].map((label) => encodeJpeg(drawFlower({ label, seed: label + 3, width: 120, height: 90 }))),
);
/** The bundle of a network that was trained elsewhere. */
let imported: TestBundle;
let lab: Lab;
beforeAll(async () => {
  imported = await makeUpBundle({
    network: tinyNetwork(5),
    preprocessing: importedPreprocessing,
    source: importSource,
  });
  lab = await openLab({
    bundle: await makeUpBundle({ precisions: bundlePrecisions, ofBytes: ["int8"] }),
    files: {
      ...Object.fromEntries(photos.map((photo, index) => [`/photos/${index}.jpg`, photo])),
      ...Object.fromEntries(
        Object.entries(imported.files).map(([path, bytes]) => [`/imported${path}`, bytes]),
      ),
    },
  });
});
afterAll(async () => {
  await lab[Symbol.asyncDispose]();
  await imported[Symbol.asyncDispose]();
});

describe.each(["wasm", "webgpu"] as const)("a classifier on %s", (executionProvider) => {
  it("gives the probabilities that Node gives for the same files", async () => {
    const page = await lab.page();
    await using reference = await loadClassifier(lab.bundle.folder);
    const expected = await reference.classify(photos);
    const answer = await page.evaluate(async (executionProvider) => {
      const classifier = await window.fleuron.loadClassifier("/bundle", {
        executionProviders: [executionProvider],
        precision: "float32",
      });
      const blobs = await Promise.all([0, 1, 2].map(async (i) => (await fetch(`/photos/${i}.jpg`)).blob()));
      const results = await classifier.classify(blobs);
      const single = await classifier.classify(blobs[1]!, { topK: 2 });
      const { executionProvider: used, fallbacks } = classifier;
      await classifier.dispose();
      return { results, single, used, fallbacks };
    }, executionProvider);
    expect(answer.used).toBe(executionProvider);
    expect(answer.fallbacks).toEqual([]);
    answer.results.forEach(({ predictions }, photo) => {
      predictions.forEach(({ label, probability }, rank) => {
        expect(label).toBe(expected[photo]!.predictions[rank]!.label);
        expect(probability).toBeCloseTo(expected[photo]!.predictions[rank]!.probability, 4);
      });
    });
    expect(answer.single.predictions).toEqual(answer.results[1]!.predictions.slice(0, 2));
    expect(new Set(answer.results.map(({ predictions }) => predictions[0]!.probability)).size).toBe(3);
  });
});

it.each(["wasm", "kernels"] as const)(
  "an imported network gets what Node's gets on %s: sides that differ, a border, blue first",
  async (executionProvider) => {
    await using reference = await loadClassifier(imported.folder);
    const expected = await reference.classify(photos);
    const page = await lab.page();
    const answer = await page.evaluate(async (executionProvider) => {
      const classifier = await window.fleuron.loadClassifier("/imported", {
        executionProviders: [executionProvider],
      });
      const results = await classifier.classify([0, 1, 2].map((index) => `/photos/${index}.jpg`));
      const { formatVersion, source } = classifier.manifest;
      await classifier.dispose();
      return { results, formatVersion, source };
    }, executionProvider);
    expect(answer).toMatchObject({ formatVersion: 3, source: importSource });
    answer.results.forEach(({ predictions }, photo) => {
      predictions.forEach(({ label, probability }, rank) => {
        expect(label).toBe(expected[photo]!.predictions[rank]!.label);
        expect(probability).toBeCloseTo(expected[photo]!.predictions[rank]!.probability, 4);
      });
    });
  },
);

describe("the precisions of a bundle", () => {
  it.each([
    ["float16", "float32"],
    ["int8", "uint8"],
    ["int4", "float32"],
  ] as const)("%s of %s gives the probabilities that it gives in Node", async (precision, takes) => {
    await using reference = await loadClassifier(lab.bundle.folder, { precision });
    const expected = await reference.classify(photos[0]!);
    const page = await lab.page();
    const { predictions, model } = await page.evaluate(async (precision) => {
      const classifier = await window.fleuron.loadClassifier("/bundle", { precision });
      const { predictions } = await classifier.classify("/photos/0.jpg");
      await classifier.dispose();
      return { predictions, model: classifier.model };
    }, precision);
    expect(model.precision).toBe(precision);
    expect(inputType(model)).toBe(takes);
    predictions.forEach(({ label, probability }, rank) => {
      expect(label).toBe(expected.predictions[rank]!.label);
      expect(Math.abs(probability - expected.predictions[rank]!.probability)).toBeLessThan(1e-3);
    });
  });

  it.each(bundlePrecisions)(
    "%s gives by kernels what it gives in Node, and nothing of onnxruntime is fetched",
    async (precision) => {
      await using reference = await loadClassifier(lab.bundle.folder, { precision });
      const expected = await reference.classify(photos);
      const page = await lab.page();
      const before = lab.server.requests.length;
      const loaded = await page.evaluate(async (precision) => {
        const classifier = await window.fleuron.loadClassifier("/bundle", {
          executionProviders: ["kernels"],
          precision,
        });
        const { executionProvider, fallbacks } = classifier;
        const results = await classifier.classify([0, 1, 2].map((index) => `/photos/${index}.jpg`));
        await classifier.dispose();
        return { executionProvider, fallbacks, results };
      }, precision);
      expect(loaded).toMatchObject({ executionProvider: "kernels", fallbacks: [] });
      const fetched = lab.server.requests.slice(before);
      expect(fetched).toContain("/fleuron/fleuron-kernels.js");
      expect(fetched.filter((path) => /wasm|webgpu/.test(path))).toEqual([]);
      loaded.results.forEach(({ predictions }, photo) => {
        for (const { label, probability } of expected[photo]!.predictions) {
          const own = predictions.find((each) => each.label === label)!.probability;
          expect(Math.abs(own - probability)).toBeLessThan(1e-5);
        }
      });
    },
  );

  it("are chosen from: float16, unless told otherwise", async () => {
    const page = await lab.page();
    const precision = await page.evaluate(async () => {
      const classifier = await window.fleuron.loadClassifier("/bundle");
      await classifier.dispose();
      return classifier.model.precision;
    });
    expect(precision).toBe("float16");
  });

  it("are chosen from: compact, where the manifest says that it is as accurate", async () => {
    const { manifest } = lab.bundle;
    const models = manifest.models.map((model) => ({
      ...model,
      ...(model.precision === "compact" && { valAccuracy: 0.8 }),
    }));
    const training = { ...manifest.training, valAccuracy: 0.8 };
    const contents = JSON.stringify({ ...manifest, training, models });
    lab.server.setFault("/bundle/fleuron.json", { contents });
    const page = await lab.page();
    const precision = await page.evaluate(async () => {
      const classifier = await window.fleuron.loadClassifier("/bundle");
      await classifier.dispose();
      return classifier.model.precision;
    });
    lab.server.setFault("/bundle/fleuron.json", undefined);
    expect(precision).toBe("compact");
  });
});
