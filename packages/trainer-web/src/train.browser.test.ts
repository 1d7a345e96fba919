// Runs in a page beside runs in Node, on the same drawn photos.
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { loadClassifier } from "@fleuron/runtime-node";
import { follow } from "@fleuron/testing";
import { train } from "@fleuron/trainer";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import type { LabelledPhoto, RunEndEvent, TrainingEvent, TrainingOptions } from "./index.js";

const settings = {
  recipe: "modern",
  width: 0.05,
  imageSize: 67,
  batchSize: 8,
  epochs: 3,
  engines: ["wasm"],
} as const satisfies TrainingOptions;

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({ classes: ["daisy", "rose", "tulip"], perClass: 14 });
});
afterAll(() => lab[Symbol.asyncDispose]());

interface Told {
  readonly events: readonly TrainingEvent[];
  /** The files of the zip's folder, in base64. */
  readonly files: Readonly<Record<string, string>>;
}

/** Trains in a page, or goes on; aborts after a number of steps. */
const trainIn = (
  page: Page,
  options: TrainingOptions,
  { stopAfter = 0, resume = false } = {},
): Promise<Told> =>
  page.evaluate(
    async ({ options, stopAfter, resume }) => {
      const { signal, abort } = (() => {
        const controller = new AbortController();
        return { signal: controller.signal, abort: () => controller.abort() };
      })();
      const work = resume
        ? window.trainer.resumeTraining(options.run!, { signal })
        : window.trainer.trainClassifier(await window.photos(), { ...options, signal });
      const events: TrainingEvent[] = [];
      let steps = 0;
      for (;;) {
        const { done, value } = await work.next();
        if (!done) {
          events.push(value);
          if (value.type === "step" && ++steps === stopAfter) abort();
          continue;
        }
        const files: Record<string, string> = {};
        for (const [path, blob] of Object.entries(value?.files ?? {})) {
          const bytes = new Uint8Array(await blob.arrayBuffer());
          let text = "";
          for (const byte of bytes) text += String.fromCharCode(byte);
          files[path] = btoa(text);
        }
        return { events, files };
      }
    },
    { options, stopAfter, resume },
  );

const lossesOf = (events: readonly { readonly type: string }[]) =>
  events.flatMap((event) => (event.type === "step" ? [(event as { loss?: number }).loss!] : []));

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const bytesOf = (told: Told, path: string) => Buffer.from(told.files[path]!, "base64");
const tensorsOf = (file: Buffer) => file.subarray(8 + Number(file.readBigUInt64LE(0)));

describe("a run in a page on WASM", () => {
  let whole: Told;
  beforeAll(async () => {
    whole = await trainIn(await lab.page(), { ...settings, run: "whole" });
  });

  it("has the photos, the losses and the end of Node's", async () => {
    const out = join(lab.folder, "node");
    const { engines: _, ...same } = settings;
    const { events } = await follow(
      train({ ...same, data: lab.photos, out, engine: "onnx-cpu", threads: 1 }),
    );
    const [inPage, inNode] = [whole.events, events].map((all) => all.find(({ type }) => type === "run"));
    expect(inPage).toMatchObject({
      trainCount: 0 + (inNode as { trainCount: number }).trainCount,
      saved: true,
    });
    const [ours, nodes] = [lossesOf(whole.events), lossesOf(events)];
    expect(ours.length).toBe(nodes.length);
    for (const [step, loss] of ours.slice(0, 10).entries())
      expect(Math.abs(loss - nodes[step]!), `step ${step}`).toBeLessThan(1e-3 * nodes[step]!);
    const record = JSON.parse(await readFile(join(out, "run.json"), "utf8"));
    const kept = JSON.parse(bytesOf(whole, "run.json").toString());
    expect(kept.dataset.contentHash).toBe(record.dataset.contentHash);
    expect(kept.settings).toEqual(record.settings);
    expect(kept.plan).toEqual(record.plan);
  });

  it("ends the same when it was stopped and its page closed", async () => {
    const page = await lab.page();
    const stopped = await trainIn(page, { ...settings, run: "stopped" }, { stopAfter: 6 });
    const end = stopped.events.at(-1) as RunEndEvent;
    expect(end).toMatchObject({ type: "end", reason: "stopped" });
    await page.close();
    const again = await lab.page();
    const [latest] = await again.evaluate(() => window.trainer.savedRuns());
    expect(latest).toMatchObject({ run: "stopped", epoch: end.epoch, epochs: 3, finished: false });
    const resumed = await trainIn(again, { run: "stopped" }, { resume: true });
    expect(resumed.events.find(({ type }) => type === "run")).toMatchObject({ resumed: true });
    expect(resumed.events.at(-1)).toMatchObject({ type: "end", reason: "completed" });
    const [ours, theirs] = [resumed, whole].map((told) =>
      hashOf(tensorsOf(bytesOf(told, "best.safetensors"))),
    );
    expect(ours).toBe(theirs);
    expect(bytesOf(resumed, "bundle/model.onnx")).toEqual(bytesOf(whole, "bundle/model.onnx"));
  });

  it("is found and opened again in another page, and classifies there", async () => {
    const page = await lab.page();
    const seen = await page.evaluate(async () => {
      const saved = (await window.trainer.savedRuns()).find(({ run }) => run === "whole")!;
      const trained = await window.trainer.openRun("whole");
      const [{ photo, label }] = (await window.photos()) as [LabelledPhoto];
      const classifier = await window.runtime.loadClassifier(trained.bundle);
      const { predictions } = await classifier.classify(photo);
      await classifier.dispose();
      const manifest = await trained.bundle["fleuron.json"]!.text();
      return { saved, manifest, label, predictions };
    });
    const end = whole.events.at(-1) as RunEndEvent;
    expect(seen.saved).toEqual({
      run: "whole",
      labels: ["daisy", "rose", "tulip"],
      epoch: 3,
      epochs: 3,
      best: end.best,
      finished: true,
      savedAt: expect.any(Date),
      bytes: expect.any(Number),
    });
    expect(seen.saved.bytes).toBeGreaterThan(bytesOf(whole, "best.safetensors").length);
    expect(seen.manifest).toBe(bytesOf(whole, "bundle/fleuron.json").toString());
    await using inNode = await loadClassifier(join(await unpacked(), "bundle"));
    const { predictions } = await inNode.classify(join(lab.photos, "daisy/0.png"));
    expect(seen.label).toBe("daisy");
    for (const { label, probability } of predictions) {
      const here = seen.predictions.find((each) => each.label === label)!;
      expect(Math.abs(here.probability - probability), label).toBeLessThan(1e-4);
    }
  });

  it("has on WebGPU the losses that it has on WASM", async () => {
    const onGpu = { ...settings, engines: ["webgpu"], epochs: 1, run: "gpu" } as const;
    const { events } = await trainIn(await lab.page(), onGpu);
    expect(events.find(({ type }) => type === "run")).toMatchObject({ engine: { engine: "webgpu" } });
    for (const [step, loss] of lossesOf(events).entries())
      expect(Math.abs(loss - lossesOf(whole.events)[step]!), `step ${step}`).toBeLessThan(1e-3 * loss);
  });

  /** The folder that the zip holds. */
  async function unpacked(): Promise<string> {
    const folder = join(lab.folder, "unpacked");
    for (const path of Object.keys(whole.files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytesOf(whole, path));
    }
    return folder;
  }
});
