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
/** The numbers of a run to which nothing happened. */
let undisturbed: string;
beforeAll(async () => {
  lab = await openLab({
    classes: ["daisy", "rose"],
    perClass: 8,
    workers: {
      private: `StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException("", "SecurityError"))`,
      losing: `const devices = [];
        const { requestDevice } = GPUAdapter.prototype;
        GPUAdapter.prototype.requestDevice = async function (...given) {
          devices.push(await requestDevice.apply(this, given));
          return devices.at(-1);
        };
        new BroadcastChannel("lose").onmessage = () => devices.at(-1).destroy()`,
    },
  });
  const page = await lab.page();
  await page.evaluate(async (options) => {
    await window.follow(window.trainer.trainClassifier(await window.photos(), options));
  }, small);
  undisturbed = await numbersOf(page, "training");
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

it("a storage that is full in the middle: training goes on, and what was saved is whole", async () => {
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
  expect(await numbersOf(page, "full")).toBe(undisturbed);
});

it.each([
  ["its photos", (usage: number) => usage + 100_000],
  ["its folder", () => 1000],
])("a storage without room for %s: training goes on in memory", async (what, quota) => {
  const page = await lab.page();
  const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage!);
  await setQuota(page, quota(usage));
  const run = `no room for ${what}`;
  const { events, failure, hasBundle } = await page.evaluate(
    async (options) => {
      const work = window.trainer.trainClassifier(await window.photos(), options);
      const { events, failure, trained } = await window.follow(work);
      return { events, failure, hasBundle: trained?.bundle["model.onnx"] !== undefined };
    },
    { ...small, epochs: 1, run },
  );
  await setQuota(page);
  expect(failure).toBeUndefined();
  expect(hasBundle).toBe(true);
  expect(warningsOf(events).map(({ code }) => code)).toEqual(["storage-full"]);
  expect(events.find(({ type }) => type === "run")).toMatchObject({ saved: false });
  const saved = await page.evaluate(() => window.trainer.savedRuns());
  expect(saved.map(({ run }) => run)).not.toContain(run);
});

it("a browser without storage: the run says so, and lives as long as its page", async () => {
  const page = await lab.page();
  const seen = await page.evaluate(async (options) => {
    const photos = await window.photos();
    const work = window.trainer.trainClassifier(photos, { ...options, run: "private", baseUrl: "/private/" });
    const { events, failure, trained } = await window.follow(work);
    const resumed = window.trainer.resumeTraining("private", { baseUrl: "/private/" });
    return {
      events,
      failure,
      hasBundle: trained?.bundle["model.onnx"] !== undefined,
      resumed: (await window.follow(resumed)).failure?.code,
    };
  }, small);
  expect(seen.failure).toBeUndefined();
  expect(seen.events.find(({ type }) => type === "run")).toMatchObject({ saved: false });
  expect(seen).toMatchObject({ hasBundle: true, resumed: "run-missing" });
});

it("a page that is frozen for a while: the same bits in the end", async () => {
  const page = await lab.page();
  const devtools = await lab.devtools(page);
  await page.exposeFunction("meddle", async () => {
    await devtools.send("Page.setWebLifecycleState", { state: "frozen" });
    setTimeout(() => devtools.send("Page.setWebLifecycleState", { state: "active" }), 1000);
  });
  const { events } = await trainMeddledWith(page, "frozen", "step");
  expect(events.at(-1)).toMatchObject({ type: "end", reason: "completed" });
  expect(await numbersOf(page, "frozen")).toBe(undisturbed);
});

it("a GPU that is lost: training goes on from the last checkpoint, after the second time on WASM", async () => {
  const page = await lab.page();
  const { events, failure } = await page.evaluate(async (options) => {
    const lose = new BroadcastChannel("lose");
    const work = window.trainer.trainClassifier(await window.photos(), {
      ...options,
      engines: ["webgpu"],
      epochs: 3,
      run: "lost",
      baseUrl: "/losing/",
    });
    return window.follow(work, ({ type }) => type === "epoch" && lose.postMessage("now"));
  }, small);
  expect(failure).toBeUndefined();
  expect(warningsOf(events)).toEqual([
    { type: "warning", code: "device-lost", message: expect.stringMatching(/checkpoint, on webgpu\.$/) },
    { type: "warning", code: "device-lost", message: expect.stringMatching(/checkpoint, on wasm\.$/) },
  ]);
  expect(events.flatMap((event) => (event.type === "epoch" ? [event.epoch] : []))).toEqual([1, 2, 3]);
  expect(events.at(-1)).toMatchObject({ type: "end", reason: "completed" });
});
