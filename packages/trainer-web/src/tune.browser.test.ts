// A page that goes on with what a network has learnt elsewhere, beside Node.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { verifyBundle } from "@fleuron/export/node";
import { classifierGraph, GraphBuilder, reduceMean } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import type { Network } from "@fleuron/model";
import { loadClassifier } from "@fleuron/runtime-node";
import { drawnWeights, follow, tinyNetwork } from "@fleuron/testing";
import { labelledPhotos, predict, train } from "@fleuron/trainer";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { type Files, filesOf, numbersHash, unpack } from "./fixtures/trained-files.js";
import type { RunStartEvent, TrainingEvent, TrainingOptions } from "./index.js";

const petals: Network = { ...tinyNetwork(), input: { channels: 3, height: 40, width: 40 } };
const onnx = toOnnx(classifierGraph(petals), { values: drawnWeights(petals) });

/** Colours' means as classes: nothing in it can be replaced. */
const headless = () => {
  const builder = new GraphBuilder("petals");
  const image = builder.input("image", { type: "image" }, ["batch", 3, 40, 40]);
  builder.output("logits", reduceMean(image, { axes: [2, 3] }));
  return toOnnx(builder.build(), { values: new Map() });
};

const settings = {
  preprocessing: "mean=0.4,0.5,0.6,std=0.25",
  resize: "44",
  batchSize: 8,
} as const satisfies TrainingOptions;

let lab: Lab;
let file: string;
beforeAll(async () => {
  // One thread, as in the run in Node.
  lab = await openLab({ classes: ["daisy", "rose", "tulip"], perClass: 17, crossOriginIsolated: false });
  file = join(lab.folder, "petals.onnx");
  await writeFile(file, onnx);
});
afterAll(() => lab[Symbol.asyncDispose]());

interface Tuned {
  readonly events: readonly TrainingEvent[];
  readonly failure:
    | { readonly code?: string; readonly message: string; readonly subject?: string }
    | undefined;
}

const tuneIn = (page: Page, options: TrainingOptions, bytes: Uint8Array): Promise<Tuned> =>
  page.evaluate(
    async ([options, bytes]) => {
      const network = new File([Uint8Array.from(bytes)], "petals.onnx");
      const work = window.trainer.trainClassifier(await window.photos(), { ...options, network });
      const { events, failure } = await window.follow(work);
      return { events, failure };
    },
    [{ ...options, engines: ["wasm"] }, Array.from(bytes)] as const,
  );

const lossesOf = (events: readonly { readonly type: string }[]) =>
  events.flatMap((event) => (event.type === "step" ? [(event as { loss?: number }).loss!] : []));

describe.each([
  { recipe: "head", epochs: 4 },
  { recipe: "fine-tune", epochs: 2 },
] as const)("a network whose training is $recipe, in a page", ({ recipe, epochs }) => {
  const run = `tuned by ${recipe}`;
  let events: readonly TrainingEvent[];
  let files: Files;
  let folder: string;
  beforeAll(async () => {
    const page = await lab.page();
    const tuned = await tuneIn(page, { ...settings, recipe, epochs, run }, onnx);
    expect(tuned.failure).toBeUndefined();
    events = tuned.events;
    files = await filesOf(page, run);
    await page.close();
    folder = join(lab.folder, recipe);
    await mkdir(folder);
    await unpack(files, folder);
  });

  it("has the losses and the record of Node's", async () => {
    const out = join(lab.folder, `node-${recipe}`);
    const node = await follow(
      train({
        ...{ ...settings, recipe, epochs, out, network: file, data: lab.photos },
        ...{ engine: "onnx-cpu", threads: 1, skipReport: true },
      }),
    );
    const [ours, nodes] = [lossesOf(events), lossesOf(node.events)];
    expect(ours.length).toBeGreaterThan(epochs);
    expect(ours.length).toBe(nodes.length);
    for (const [step, loss] of ours.slice(0, 6).entries())
      expect(Math.abs(loss - nodes[step]!), `step ${step}`).toBeLessThan(1e-3 * nodes[step]!);
    const record = JSON.parse(files["run.json"]!.toString());
    expect(record).toMatchObject({
      recipe,
      status: "completed",
      source: { file: "petals.onnx", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      plan: { network: { type: "imported", name: "petals" } },
      preprocessing: { size: 40, resize: { fit: "cover", resizeTo: 44 } },
    });
  });

  it("answers in the page as in Node, and leaves a folder that Node verifies", async () => {
    const page = await lab.page();
    const seen = await page.evaluate(async (run) => {
      const { bundle } = await window.trainer.openRun(run);
      const photos = (await window.photos()).slice(0, 12);
      const classifier = await window.runtime.loadClassifier(bundle);
      const results = await classifier.classify(photos.map(({ photo }) => photo));
      await classifier.dispose();
      return {
        paths: photos.map(({ photo, label }) => `${label}/${photo.name}`),
        results: results.map(({ predictions }) => predictions),
      };
    }, run);
    await page.close();
    await using classifier = await loadClassifier(join(folder, "bundle"));
    const inNode = await classifier.classify(seen.paths.map((path) => join(lab.photos, path)));
    for (const [photo, { predictions }] of inNode.entries()) {
      for (const { label, probability } of predictions) {
        const here = seen.results[photo]!.find((each) => each.label === label)!;
        expect(Math.abs(here.probability - probability), seen.paths[photo]).toBeLessThan(1e-4);
      }
    }
    const { labels } = events.find(({ type }) => type === "run") as RunStartEvent;
    const { result: held } = await follow(labelledPhotos({ run: folder, data: lab.photos, labels }));
    const photos = held.photos.map(({ path }) => path);
    const { result: trained } = await follow(predict({ run: folder, photos, topK: labels.length }));
    const { result } = await follow(
      verifyBundle({
        bundle: join(folder, "bundle"),
        photos: held.photos,
        trained: trained.predictions,
      }),
    );
    expect(result).toMatchObject({ reference: "trainer", passed: true });
  });
});

it("a head ends the same, bit for bit, when its page was left in the middle", async () => {
  const page = await lab.page();
  const { left, opened, ended } = await page.evaluate(
    async ([options, bytes]) => {
      const network = new File([Uint8Array.from(bytes)], "petals.onnx");
      const { openRun, resumeTraining, savedRuns, trainClassifier } = window.trainer;
      const begun = trainClassifier(await window.photos(), { ...options, network, run: "stopped" });
      let epochs = 0;
      await window.follow(begun, ({ type }) => type === "epoch" && ++epochs === 2 && "leave");
      const left = (await savedRuns()).find(({ run }) => run === "stopped")!;
      const opened = await openRun("stopped").catch(({ code }) => code);
      return { left, opened, ended: (await window.follow(resumeTraining("stopped"))).events.at(-1) };
    },
    [{ ...settings, recipe: "head", epochs: 4, engines: ["wasm"] } as const, Array.from(onnx)] as const,
  );
  // Nothing is said to be there that is not written yet.
  expect(left).toMatchObject({ epoch: 0, best: null, finished: false });
  expect(opened).toBe("run-without-epochs");
  expect(ended).toMatchObject({ type: "end", reason: "completed" });
  const [stopped, whole] = [await filesOf(page, "stopped"), await filesOf(page, "tuned by head")];
  await page.close();
  expect(numbersHash(stopped["best.safetensors"]!)).toBe(numbersHash(whole["best.safetensors"]!));
});

it("another network begins with a bundle that a page has trained", async () => {
  const page = await lab.page();
  const { events, failure } = await page.evaluate(async () => {
    const { bundle: network } = await window.trainer.openRun("tuned by fine-tune");
    const photos = (await window.photos()).filter(({ label }) => label !== "tulip");
    const canvas = new OffscreenCanvas(30, 50);
    canvas.getContext("2d")!.fillRect(5, 5, 10, 10);
    const small = { photo: await canvas.convertToBlob(), label: "rose" };
    const work = window.trainer.trainClassifier([...photos, small], {
      network,
      epochs: 1,
      engines: ["wasm"],
    });
    const { events, failure } = await window.follow(work);
    return { events, failure };
  });
  await page.close();
  expect(failure).toBeUndefined();
  expect(events.filter(({ type }) => type === "warning")).toEqual([
    {
      type: "warning",
      code: "photos-small",
      message: "1 of 35 photos are smaller than the network's input of 40 × 40 pixels, and are enlarged.",
    },
  ]);
  expect(events.find(({ type }) => type === "run")).toMatchObject({ labels: ["daisy", "rose"] });
});

describe("is refused", () => {
  let page: Page;
  beforeAll(async () => {
    page = await lab.page();
  });
  afterAll(() => page.close());

  it.each([
    ["an option of the other kind", { width: 0.5 }, onnx, ["option-invalid", /^`width` is for AlexNet/]],
    ["a head that is not there", { head: "nose" }, onnx, ["network-head", /no dense layer .+ 'nose'/]],
    ["a network without a head", {}, headless(), ["network-head", /'petals' has no dense layer/]],
    ["what is no ONNX file", {}, new Uint8Array(40).fill(7), ["onnx-invalid", /^petals\.onnx: .+ not ONNX/]],
  ] as const)("%s", async (_, options, bytes, [code, message]) => {
    const { failure } = await tuneIn(page, { ...options, run: "refused" }, bytes);
    expect(failure).toMatchObject({ code, message: expect.stringMatching(message) });
    const runs = await page.evaluate(async () => (await window.trainer.savedRuns()).map(({ run }) => run));
    expect(runs).not.toContain("refused");
  });
});
