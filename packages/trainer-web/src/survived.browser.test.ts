// What a run lives through: no room, no storage, a page that sleeps, a GPU that is lost.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { filesOf, numbersHash } from "./fixtures/trained-files.js";
import type { TrainingEvent } from "./index.js";

const small = {
  recipe: "modern",
  width: 0.05,
  imageSize: 67,
  batchSize: 4,
  epochs: 2,
  engines: ["wasm"],
} as const;

declare global {
  interface Window {
    /** Does something to the page from outside. */
    meddle(): Promise<void>;
  }
}

let lab: Lab;
/** The numbers of a run whose page was frozen for a while. */
let frozen: string;
beforeAll(async () => {
  lab = await openLab({
    classes: ["daisy", "rose"],
    perClass: 8,
    crossOriginIsolated: false,
    workers: {
      private: `const denied = () => Promise.reject(new DOMException("", "SecurityError"));
        StorageManager.prototype.getDirectory = denied;
        LockManager.prototype.request = denied;`,
      readonly: `delete FileSystemFileHandle.prototype.createWritable`,
      losing: `const devices = [];
        const { requestDevice } = GPUAdapter.prototype;
        GPUAdapter.prototype.requestDevice = async function (...given) {
          devices.push(await requestDevice.apply(this, given));
          return devices.at(-1);
        };
        new BroadcastChannel("lose").onmessage = () => {
          GPU.prototype.requestAdapter = async () => null;
          devices.at(-1).destroy();
        }`,
    },
  });
  const page = await lab.page();
  const devtools = await lab.devtools(page);
  await page.exposeFunction("meddle", async () => {
    await devtools.send("Page.setWebLifecycleState", { state: "frozen" });
    setTimeout(() => devtools.send("Page.setWebLifecycleState", { state: "active" }), 1000);
  });
  const { events } = await trainMeddledWith(page, "frozen", "step");
  expect(events.at(-1)).toMatchObject({ type: "end", reason: "completed" });
  frozen = await numbersOf(page, "frozen");
  await page.close();
});
afterAll(() => lab[Symbol.asyncDispose]());

const numbersOf = async (page: Page, run: string) =>
  numbersHash((await filesOf(page, run))["best.safetensors"]!);

const warningsOf = (events: readonly TrainingEvent[]) =>
  events.flatMap((event) => (event.type === "warning" ? [event] : []));

/** Trains, and meddles with the page when the first event of a type comes. */
const trainMeddledWith = (page: Page, run: string, at: TrainingEvent["type"]) =>
  page.evaluate(
    async ({ options, at }) => {
      const work = window.trainer.trainClassifier(await window.photos(), options);
      let isDone = false;
      const { events, failure, trained } = await window.follow(work, async ({ type }) => {
        if (type !== at || isDone) return;
        isDone = true;
        await window.meddle();
      });
      return { events, failure, hasBundle: trained?.bundle["model.onnx"] !== undefined };
    },
    { options: { ...small, run }, at },
  );

/** Gives the page so many bytes; as many as ever without a number. */
async function setQuota(page: Page, quotaSize?: number): Promise<void> {
  const devtools = await lab.devtools(page);
  await devtools.send("Storage.overrideQuotaForOrigin", {
    origin: lab.server.url,
    ...(quotaSize !== undefined && { quotaSize }),
  });
}

it("a page that is frozen, and a storage that is full in the middle: both end with the same bits", async () => {
  const page = await lab.page();
  await page.exposeFunction("meddle", () => setQuota(page, 1000));
  const { events, failure, hasBundle } = await trainMeddledWith(page, "full", "epoch");
  await setQuota(page);
  expect(failure).toBeUndefined();
  expect(hasBundle).toBe(true);
  expect(warningsOf(events)).toEqual([
    {
      type: "warning",
      code: "storage-full",
      message: expect.stringMatching(/^There is no room in the browser's storage for .+ Training goes on/),
    },
  ]);
  expect(events.at(-1)).toMatchObject({ type: "end", reason: "completed", epoch: 2 });
  const saved = await page.evaluate(() => window.trainer.savedRuns());
  expect(saved.find(({ run }) => run === "full")).toMatchObject({ epoch: 1, finished: false });
  await page.evaluate(() => window.follow(window.trainer.resumeTraining("full")).then(() => undefined));
  expect(await numbersOf(page, "full")).toBe(frozen);
});

it("a storage without room for the photos: training goes on in memory", async () => {
  const page = await lab.page();
  await setQuota(
    page,
    100_000 + (await page.evaluate(async () => (await navigator.storage.estimate()).usage!)),
  );
  const { events, failure, hasBundle } = await page.evaluate(
    async (options) => {
      const work = window.trainer.trainClassifier(await window.photos(), options);
      const { events, failure, trained } = await window.follow(work);
      return { events, failure, hasBundle: trained?.bundle["model.onnx"] !== undefined };
    },
    { ...small, epochs: 1, run: "no room" },
  );
  await setQuota(page);
  expect(failure).toBeUndefined();
  expect(hasBundle).toBe(true);
  expect(warningsOf(events).map(({ code }) => code)).toEqual(["storage-full"]);
  expect(events.find(({ type }) => type === "run")).toMatchObject({ saved: false });
  const saved = await page.evaluate(() => window.trainer.savedRuns());
  expect(saved.map(({ run }) => run)).not.toContain("no room");
});

it.each([
  ["without room for anything", 1000, "/trainer-web/", ["storage-full"]],
  ["that the browser does not give", undefined, "/private/", []],
  ["that the browser only reads", undefined, "/readonly/", []],
])("a storage %s: the run says that it lives as long as its page", async (_, quota, baseUrl, warnings) => {
  const page = await lab.page();
  await setQuota(page, quota);
  const { events, resumed } = await page.evaluate(
    async (options) => {
      const work = window.trainer.trainClassifier(await window.photos(), options);
      const { events } = await window.follow(work, ({ type }) => type === "run" && "leave");
      const again = window.trainer.resumeTraining(options.run, { baseUrl: options.baseUrl });
      return { events, resumed: (await window.follow(again)).failure?.code };
    },
    { ...small, run: "unsaved", baseUrl },
  );
  await setQuota(page);
  expect(warningsOf(events).map(({ code }) => code)).toEqual(warnings);
  expect(events.at(-1)).toMatchObject({ type: "run", saved: false });
  expect(resumed).toBe("run-missing");
});

it("what a page left of a run that was never begun goes when another one begins", async () => {
  const page = await lab.page();
  const left = await page.evaluate(
    async (options) => {
      const runs = await (await navigator.storage.getDirectory()).getDirectoryHandle("fleuron-runs");
      const folder = await runs.getDirectoryHandle("never begun", { create: true });
      const file = await (await folder.getFileHandle("photos.bin", { create: true })).createWritable();
      await file.write("pixels");
      await file.close();
      await window.follow(window.trainer.trainClassifier(await window.photos(), options));
      const names: string[] = [];
      for await (const name of runs.keys()) names.push(name);
      return names;
    },
    { ...small, epochs: 1, run: "begun" },
  );
  expect(left).toContain("begun");
  expect(left).not.toContain("never begun");
});

it("a GPU that is lost: training goes on from the last checkpoint, on WASM where there is no other", async () => {
  const page = await lab.page();
  const { events, failure } = await page.evaluate(async (options) => {
    const lose = new BroadcastChannel("lose");
    const work = window.trainer.trainClassifier(await window.photos(), {
      ...options,
      engines: ["webgpu"],
      run: "lost",
      baseUrl: "/losing/",
    });
    const { events, failure } = await window.follow(work, ({ type }) => {
      if (type === "epoch") lose.postMessage("now");
    });
    return { events, failure };
  }, small);
  expect(failure).toBeUndefined();
  expect(warningsOf(events)).toEqual([
    {
      type: "warning",
      code: "device-lost",
      message: expect.stringMatching(/^The GPU was lost while it computed: .+ checkpoint, on wasm\.$/),
    },
  ]);
  expect(events.flatMap((event) => (event.type === "epoch" ? [event.epoch] : []))).toEqual([1, 2]);
  expect(events.at(-1)).toMatchObject({ type: "end", reason: "completed" });
});
