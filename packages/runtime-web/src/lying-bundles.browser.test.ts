// Bundles that contradict themselves: an error when they are loaded, never an answer.
import { MANIFEST_FILE } from "@fleuron/model";
import {
  type BundleContents,
  drawFlower,
  encodePng,
  hashesOf,
  type LyingBundle,
  lies,
} from "@fleuron/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { makeUpBundle } from "./fixtures/made-up-bundle.js";

let lab: Lab;
let page: Page;
let truth: BundleContents;
beforeAll(async () => {
  const flower = drawFlower({ width: 90, height: 70 });
  lab = await openLab({
    bundle: await makeUpBundle({ width: 0.2 }),
    files: {
      "/flower.png": await encodePng(flower),
      "/black.png": await encodePng({ ...flower, data: new Uint8Array(flower.data.length) }),
    },
  });
  const { manifest, files } = lab.bundle;
  const named = Object.entries(files).map(([path, bytes]) => [path.slice(1), bytes]);
  truth = { manifest, files: Object.fromEntries(named) };
  page = await lab.page();
});
afterAll(() => lab[Symbol.asyncDispose]());

function serve({ manifest, files }: LyingBundle): void {
  for (const [path, contents] of Object.entries(files)) lab.server.setFault(`/bundle/${path}`, { contents });
  lab.server.setFault(`/bundle/${MANIFEST_FILE}`, { contents: JSON.stringify(manifest) });
}

const load = (executionProvider: "wasm" | "webgpu" = "wasm") =>
  page.evaluate(async (executionProvider) => {
    const options = { executionProviders: [executionProvider] };
    return window.failure(
      window.fleuron.loadClassifier("/bundle", options).then((classifier) => classifier.dispose()),
    );
  }, executionProvider);

it("the truth is taken", async () => {
  expect(truth.manifest.models[0]!.files).toHaveLength(2);
  serve(truth);
  expect(await load()).toBeUndefined();
});

it.each(lies)("is refused when it is loaded: $name", async ({ tell, code, message }) => {
  serve(tell(truth));
  expect(await load()).toMatchObject({
    name: "FleuronError",
    code,
    message: expect.stringContaining(message),
    subject: expect.stringContaining(`${lab.server.url}/bundle/`),
  });
});

it("weights that are no numbers are refused on WebGPU, too", async () => {
  const lie = lies.find(({ name }) => name === "a weight is no number")!;
  serve(lie.tell(truth));
  expect(await load("webgpu")).toMatchObject({
    code: "model-unusable",
    message: expect.stringContaining("has weights that are not numbers"),
  });
});

it("an answer that is no number is an error that names the model, and the next photo gets its own", async () => {
  serve(withScale(1e35));
  const outcome = await page.evaluate(async () => {
    const classifier = await window.fleuron.loadClassifier("/bundle", { executionProviders: ["wasm"] });
    const failure = await window.failure(classifier.classify(["/black.png", "/flower.png"]));
    const { predictions } = await classifier.classify("/black.png");
    await classifier.dispose();
    return { failure, predictions };
  });
  expect(outcome.failure).toMatchObject({
    code: "model-unusable",
    subject: `${lab.server.url}/bundle/model.onnx`,
    message: expect.stringContaining("gave values that are not probabilities: NaN"),
  });
  expect(outcome.predictions).toHaveLength(5);
});

/** The metadata of the model says nothing of preprocessing. */
function withScale(scale: number): LyingBundle {
  const { manifest, files } = truth;
  const model = manifest.models[0]!;
  const main = model.files[0]!;
  const bytes = Buffer.from(files[main.path]!);
  bytes.write("processed", bytes.indexOf("preprocessing"));
  const listed = [{ ...main, chunks: hashesOf(bytes) }, ...model.files.slice(1)];
  return {
    manifest: {
      ...manifest,
      preprocessing: { ...manifest.preprocessing, scale },
      models: [{ ...model, files: listed }],
    },
    files: { ...files, [main.path]: bytes },
  };
}
