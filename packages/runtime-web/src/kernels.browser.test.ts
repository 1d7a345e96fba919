// The network as kernels of our own, without onnxruntime.
import { bundlePrecisions, type Manifest } from "@fleuron/model";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { makeUpBundle } from "./fixtures/made-up-bundle.js";
import type { LoadOptions } from "./index.js";

const MANIFEST = "/bundle/fleuron.json";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    bundle: await makeUpBundle({ precisions: bundlePrecisions }),
    files: { "/photo.jpg": await encodeJpeg(drawFlower({ width: 90, height: 70 })) },
  });
});
afterAll(() => lab[Symbol.asyncDispose]());
afterEach(() => lab.server.setFault(MANIFEST, undefined));

const classify = (page: Page, options: LoadOptions) =>
  page.evaluate(async (options) => {
    const classifier = await window.fleuron.loadClassifier("/bundle/", options);
    const { executionProvider, fallbacks } = classifier;
    const results = await classifier.classify(["/photo.jpg", "/photo.jpg"]);
    await classifier.dispose();
    return { executionProvider, fallbacks, predictions: results.map((result) => result.predictions) };
  }, options);

/** The manifest as a server gives it from now on. */
const serveManifest = (change: (manifest: Manifest) => object) =>
  lab.server.setFault(MANIFEST, { contents: JSON.stringify(change(lab.bundle.manifest)) });

it.each(bundlePrecisions)("%s: equal to onnxruntime, of which nothing is fetched", async (precision) => {
  const page = await lab.page();
  const before = lab.server.requests.length;
  const kernels = await classify(page, { executionProviders: ["kernels"], precision });
  const fetched = lab.server.requests.slice(before);
  expect(fetched).toContain("/fleuron/fleuron-kernels.js");
  expect(fetched.filter((path) => path.includes("wasm") || path.includes("webgpu"))).toEqual([]);
  expect(kernels).toMatchObject({ executionProvider: "kernels", fallbacks: [] });
  const wasm = await classify(page, { executionProviders: ["wasm"], precision });
  for (const predictions of kernels.predictions) {
    for (const { label, probability } of wasm.predictions[0]!) {
      const own = predictions.find((each) => each.label === label)!.probability;
      expect(Math.abs(own - probability)).toBeLessThan(1e-5);
    }
  }
});
