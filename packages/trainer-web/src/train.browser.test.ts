// Runs in a page beside runs in Node, on the same drawn photos.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { verifyBundle } from "@fleuron/export/node";
import { loadClassifier } from "@fleuron/runtime-node";
import { follow } from "@fleuron/testing";
import { labelledPhotos, predict, train } from "@fleuron/trainer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { type Files, filesOf, numbersHash, unpack } from "./fixtures/trained-files.js";
import type { RunEndEvent, RunStartEvent, TrainingEvent, TrainingOptions } from "./index.js";

/** Four epochs of ten steps. */
const settings = {
  recipe: "modern",
  width: 0.05,
  imageSize: 67,
  batchSize: 4,
  epochs: 4,
  classWeights: "balanced",
} as const satisfies TrainingOptions;
const STEPS = 40;

const onWasm = { ...settings, engines: ["wasm"] } as const;

declare global {
  interface Window {
    closePage(): Promise<void>;
  }
}

let lab: Lab;
beforeAll(async () => {
  // One thread, as in the run in Node.
  lab = await openLab({
    classes: ["daisy", "rose", "tulip"],
    perClass: 17,
    crossOriginIsolated: false,
  });
});
afterAll(() => lab[Symbol.asyncDispose]());

/** Trains in a page of its own. */
async function trainInPage(options: TrainingOptions): Promise<readonly TrainingEvent[]> {
  const page = await lab.page();
  const { events, failure } = await page.evaluate(async (options) => {
    const work = window.trainer.trainClassifier(await window.photos(), options);
    const { events, failure } = await window.follow(work);
    return { events, failure };
  }, options);
  await page.close();
  expect(failure).toBeUndefined();
  return events;
}

const lossesOf = (events: readonly { readonly type: string }[]) =>
  events.flatMap((event) => (event.type === "step" ? [(event as { loss?: number }).loss!] : []));

const startOf = (events: readonly { readonly type: string }[]) =>
  events.find(({ type }) => type === "run") as RunStartEvent;

describe("a run in a page on WASM", () => {
  let events: readonly TrainingEvent[];
  let files: Files;
  let folder: string;
  beforeAll(async () => {
    events = await trainInPage({ ...onWasm, run: "whole" });
    const page = await lab.page();
    files = await filesOf(page, "whole");
    await page.close();
    folder = join(lab.folder, "unpacked");
    await unpack(files, folder);
  });

  it("says what it will take before the first step, and how long with each", () => {
    expect(events.findIndex(({ type }) => type === "run")).toBeLessThan(
      events.findIndex(({ type }) => type === "step"),
    );
    expect(startOf(events)).toMatchObject({ resumed: false, saved: true, stepsPerEpoch: 10 });
    expect(startOf(events).leastBytes).toBeGreaterThan(4 * startOf(events).parameters);
    const left = events.flatMap((event) => (event.type === "step" ? [event.secondsLeft] : []));
    expect(left.length).toBe(STEPS);
    expect(left[0]).toBeGreaterThan(0);
    for (const seconds of left) expect(Number.isFinite(seconds)).toBe(true);
  });

  it("has the photos, the losses and the record of Node's", async () => {
    const out = join(lab.folder, "node");
    const node = await follow(
      train({ ...settings, data: lab.photos, out, engine: "onnx-cpu", threads: 1, skipReport: true }),
    );
    const [ours, nodes] = [lossesOf(events), lossesOf(node.events)];
    expect(ours.length).toBe(STEPS);
    expect(nodes.length).toBe(STEPS);
    for (const [step, loss] of ours.slice(0, 10).entries())
      expect(Math.abs(loss - nodes[step]!), `step ${step}`).toBeLessThan(1e-3 * nodes[step]!);
    expect(Math.abs(ours.at(-1)! - nodes.at(-1)!)).toBeLessThan(0.02 * nodes.at(-1)!);
    const record = JSON.parse(await readFile(join(out, "run.json"), "utf8"));
    const kept = JSON.parse(files["run.json"]!.toString());
    expect(kept.dataset.contentHash).toBe(record.dataset.contentHash);
    expect(kept.settings.classWeights).toHaveLength(3);
    expect(kept.settings).toEqual(record.settings);
    // A kind of processor has its forms of convolutions; a page, which cannot know it, has the usual ones.
    const { convolutions: _, ...plan } = record.plan;
    expect(kept.plan).toEqual(plan);
    expect(JSON.parse(files["split.json"]!.toString())).toEqual(
      JSON.parse(await readFile(join(out, "split.json"), "utf8")),
    );
  });

  it("ends the same, bit for bit, when its page was closed in the middle", async () => {
    const page = await lab.page();
    await page.exposeFunction("closePage", () => page.close());
    const closed = page.evaluate(
      async (options) => {
        const work = window.trainer.trainClassifier(await window.photos(), options);
        let steps = 0;
        await window.follow(work, ({ type }) => {
          if (type === "step" && ++steps === 22) window.closePage();
        });
      },
      { ...onWasm, run: "closed", checkpointEvery: { unit: "steps", steps: 8 } } as const,
    );
    await expect(closed).rejects.toThrow(/closed/);
    const again = await lab.page();
    const [latest] = await again.evaluate(() => window.trainer.savedRuns());
    expect(latest).toMatchObject({ run: "closed", epoch: 2, epochs: 4, finished: false });
    const resumed = await again.evaluate(
      async () => (await window.follow(window.trainer.resumeTraining("closed"))).events,
    );
    expect(startOf(resumed)).toMatchObject({ resumed: true, engine: { engine: "wasm" } });
    expect(resumed.at(-1)).toMatchObject({ type: "end", reason: "completed" });
    expect(lossesOf(resumed).length).toBeLessThanOrEqual(STEPS - 20);
    const theirs = await filesOf(again, "closed");
    expect(numbersHash(theirs["best.safetensors"]!)).toBe(numbersHash(files["best.safetensors"]!));
    expect(theirs["bundle/model.onnx"]).toEqual(files["bundle/model.onnx"]);
  });

  it("is found and opened again in another page, and classifies there as in Node", async () => {
    const page = await lab.page();
    const seen = await page.evaluate(async () => {
      const saved = (await window.trainer.savedRuns()).find(({ run }) => run === "whole")!;
      const trained = await window.trainer.openRun("whole");
      const photos = (await window.photos()).slice(0, 20);
      const classifier = await window.runtime.loadClassifier(trained.bundle);
      const results = await classifier.classify(photos.map(({ photo }) => photo));
      await classifier.dispose();
      return {
        saved,
        paths: photos.map(({ photo, label }) => `${label}/${photo.name}`),
        results: results.map(({ predictions }) => predictions),
      };
    });
    const { best } = events.at(-1) as RunEndEvent;
    expect(seen.saved).toEqual({
      run: "whole",
      labels: ["daisy", "rose", "tulip"],
      epoch: 4,
      epochs: 4,
      best,
      finished: true,
      savedAt: expect.any(Date),
      bytes: expect.any(Number),
    });
    expect(seen.saved.bytes).toBeGreaterThan(files["best.safetensors"]!.length);
    await using classifier = await loadClassifier(join(folder, "bundle"));
    const inNode = await classifier.classify(seen.paths.map((path) => join(lab.photos, path)));
    expect(inNode.length).toBe(20);
    for (const [photo, { predictions }] of inNode.entries()) {
      for (const { label, probability } of predictions) {
        const here = seen.results[photo]!.find((each) => each.label === label)!;
        expect(Math.abs(here.probability - probability), seen.paths[photo]).toBeLessThan(1e-4);
      }
    }
  });

  it("has a sample in its bundle, by which kernels of our own are found right", async () => {
    const [model] = JSON.parse(files["bundle/fleuron.json"]!.toString()).models;
    expect(model.sample.predictions.map(({ label }: { readonly label: string }) => label).sort()).toEqual([
      "daisy",
      "rose",
      "tulip",
    ]);
    const page = await lab.page();
    const loaded = await page.evaluate(async () => {
      const { bundle } = await window.trainer.openRun("whole");
      const { photo } = (await window.photos())[0]!;
      const { loadClassifier } = window.runtime;
      const classifier = await loadClassifier(bundle, { executionProviders: ["kernels", "wasm"] });
      const reference = await loadClassifier(bundle, { executionProviders: ["wasm"] });
      const [ours, theirs] = [await classifier.classify(photo), await reference.classify(photo)];
      const { executionProvider, fallbacks } = classifier;
      await classifier.dispose();
      await reference.dispose();
      return { executionProvider, fallbacks, ours: ours.predictions, theirs: theirs.predictions };
    });
    expect(loaded).toMatchObject({ executionProvider: "kernels", fallbacks: [] });
    for (const { label, probability } of loaded.ours) {
      const reference = loaded.theirs.find((each) => each.label === label)!.probability;
      expect(Math.abs(probability - reference)).toBeLessThan(1e-5);
    }
  });

  it("begins another run with its weights, as Node does, and says what does not fit", async () => {
    const page = await lab.page();
    const short = { ...settings, epochs: 1, batchSize: 8, seed: 1 };
    const [same, fewer] = await page.evaluate(
      async (options) => {
        const { files } = await window.trainer.openRun("whole");
        const initFrom = new File([files["best.safetensors"]!], "whole.safetensors");
        const photos = await window.photos();
        const { trainClassifier } = window.trainer;
        const same = await window.follow(trainClassifier(photos, { ...options, run: "same", initFrom }));
        const two = photos.filter(({ label }) => label !== "tulip");
        const fewer = await window.follow(
          trainClassifier(two, { ...options, run: "fewer", initFrom }),
          ({ type }) => type === "run" && "leave",
        );
        return [same.events, fewer.events] as const;
      },
      { ...short, engines: ["wasm"] } as const,
    );
    const node = await follow(
      train({
        ...short,
        data: lab.photos,
        out: join(lab.folder, "node-same"),
        engine: "onnx-cpu",
        threads: 1,
        skipReport: true,
        initFrom: folder,
      }),
    );
    expect(lossesOf(same).length).toBe(startOf(same).stepsPerEpoch);
    for (const [step, loss] of lossesOf(same).entries())
      expect(Math.abs(loss - lossesOf(node.events)[step]!), `step ${step}`).toBeLessThan(1e-3 * loss);
    const warnings = (all: readonly TrainingEvent[]) =>
      all.flatMap((event) => (event.type === "warning" ? [event.message] : []));
    expect(warnings(same)).toEqual([]);
    expect(warnings(fewer)).toEqual([
      expect.stringMatching(
        /^Taken from whole\.safetensors: \d+ of \d+ tensors\. Drawn anew: weights\/\S+\/kernel of /,
      ),
    ]);
  });

  it("leaves a folder that Node verifies, on the photos that were held out", async () => {
    const { labels, valCount } = startOf(events);
    const { result: held } = await follow(labelledPhotos({ run: folder, data: lab.photos, labels }));
    expect(held.source).toBe("validation");
    expect(held.photos.length).toBe(valCount);
    const photos = held.photos.map(({ path }) => path);
    const { result: trained } = await follow(predict({ run: folder, photos, topK: labels.length }));
    const { result } = await follow(
      verifyBundle({
        bundle: join(folder, "bundle"),
        photos: held.photos,
        trained: trained.predictions,
      }),
    );
    expect(result).toMatchObject({ reference: "trainer", photos: valCount, passed: true });
    const { best } = events.at(-1) as RunEndEvent;
    expect(result.accuracy).toBeCloseTo(best!.valAccuracy, 6);
  });

  it("has on WebGPU the losses that it has on WASM", async () => {
    const page = await lab.page();
    const gpu = await page.evaluate(
      async (options) => {
        const work = window.trainer.trainClassifier(await window.photos(), options);
        const { events } = await window.follow(
          work,
          (event) => event.type === "step" && event.step === 4 && "leave",
        );
        return events;
      },
      { ...settings, engines: ["webgpu"], run: "gpu" } as const,
    );
    expect(startOf(gpu)).toMatchObject({ engine: { engine: "webgpu" } });
    expect(lossesOf(gpu).length).toBe(4);
    for (const [step, loss] of lossesOf(gpu).entries())
      expect(Math.abs(loss - lossesOf(events)[step]!), `step ${step}`).toBeLessThan(1e-3 * loss);
  });
});
