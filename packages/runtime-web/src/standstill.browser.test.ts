// Nothing waits for ever: what stands still while it loads is ended, and tried again in another way.
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { makeUpBundle, shallowNetwork } from "./fixtures/made-up-bundle.js";
import type { LoadOptions } from "./index.js";

/** A script that does nothing at all. */
const SILENT = "export const serve = () => undefined;";

/** A script that does not even come back to its events. */
const BLOCKED = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);";

/**
 * The real script as one that may take its time: how long things take on a machine that has other things to do is not
 * what is tested here.
 */
const UNHURRIED = `
export async function answer(port, hash = "") {
  port.postMessage({ type: "step", doing: "", patience: 0 });
  const { serve } = await import("/fleuron/fleuron-wasm.js" + hash);
  serve({
    postMessage: (message) => message.type === "step" || port.postMessage(message),
    set onmessage(listener) { port.onmessage = listener; },
  });
}`;

/** A runtime that hangs when more than one thread is asked for. */
const ONE_THREAD_ONLY = `
import { answer } from "/unhurried.js";
self.onmessage = async (event) => {
  if (event.data.request.threads > 1) return;
  await answer(self);
  self.onmessage(event);
};`;

const ANY_THREADS = `
import { answer } from "/unhurried.js";
self.onmessage = async (event) => {
  await answer(self);
  self.onmessage(event);
};`;

/** For those without a worker: when it is tried again it is another module. */
const SECOND_MODULE_ONLY = `
import { answer } from "/unhurried.js";
export const serve = (port) => import.meta.url.includes("#") && answer(port);`;

/** As the real one in its first module, which has no threads to start; the second one has time. */
const SECOND_MODULE_UNHURRIED = `
import { answer } from "/unhurried.js";
export async function serve(port) {
  const { hash } = new URL(import.meta.url);
  if (hash) return answer(port, hash);
  port.postMessage({ type: "step", doing: "", patience: 0 });
  const script = await import("/fleuron/fleuron-wasm.js");
  script.serve(port);
}`;

/** It stands still at what may take longer. */
const SLOW_GPU = `
self.onmessage = () => self.postMessage({ type: "step", doing: "the GPU computed", patience: 1.2 });`;

/** Milliseconds; enough for a worker to start. */
const STEP = 5000;

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    bundle: await makeUpBundle({ network: shallowNetwork }),
    files: {
      "/photo.jpg": await encodeJpeg(drawFlower({ width: 90, height: 70 })),
      "/silent/fleuron-wasm.js": SILENT,
      "/blocked/fleuron-wasm.js": BLOCKED,
      "/one-thread/fleuron-wasm.js": ONE_THREAD_ONLY,
      "/second-module/fleuron-wasm.js": SECOND_MODULE_ONLY,
      "/second-unhurried/fleuron-wasm.js": SECOND_MODULE_UNHURRIED,
      "/unhurried.js": UNHURRIED,
      "/gpu/fleuron-webgpu.js": SLOW_GPU,
      "/gpu/fleuron-wasm.js": ANY_THREADS,
      "/silent-gpu/fleuron-webgpu.js": SILENT,
      "/silent-gpu/fleuron-wasm.js": ONE_THREAD_ONLY,
    },
  });
});
afterAll(() => lab[Symbol.asyncDispose]());

/** Loads, classifies a photo and disposes; or how that failed. */
function load(page: Page, options: LoadOptions) {
  return page.evaluate(async (options) => {
    const progress: number[] = [];
    const work = async () => {
      const classifier = await window.fleuron.loadClassifier("/bundle/", {
        ...options,
        onProgress: ({ completed }) => progress.push(completed),
      });
      const { predictions } = await classifier.classify("/photo.jpg");
      const { executionProvider, fallbacks } = classifier;
      await classifier.dispose();
      return { labels: predictions.length, executionProvider, fallbacks };
    };
    let loaded: Awaited<ReturnType<typeof work>> | undefined;
    const failure = await window.failure(work().then((result) => (loaded = result)));
    return { failure, loaded, progress };
  }, options);
}

// They wait most of the time, and so they wait together.
describe.concurrent("what stands still", () => {
  describe.each([{ worker: true }, { worker: false }])("a script that never answers, with %j", (options) => {
    it("is given up, with one thread too, and says at what", async () => {
      const page = await lab.page();
      const { failure } = await load(page, {
        ...options,
        workerBaseUrl: "/silent",
        executionProviders: ["wasm"],
        stepTimeout: 500,
      });
      expect(failure).toMatchObject({
        code: "timed-out",
        message: "The classifier cannot be loaded: nothing happened for 0.5 s while its script started.",
      });
      await expect.poll(() => page.workers()).toEqual([]);
    });
  });

  it("a worker that is blocked is ended", async () => {
    const page = await lab.page();
    const { failure } = await load(page, {
      workerBaseUrl: "/blocked",
      executionProviders: ["wasm"],
      stepTimeout: 500,
    });
    expect(failure).toMatchObject({ code: "timed-out" });
    // Chromium asks a worker politely first, for two seconds.
    await expect.poll(() => page.workers(), { timeout: 30_000 }).toEqual([]);
  });

  it.each([
    { worker: true, workerBaseUrl: "/one-thread" },
    { worker: false, workerBaseUrl: "/second-module" },
  ])("works with one thread where it stood still with more, and says why: %j", async (options) => {
    const { failure, loaded, progress } = await load(await lab.page(), {
      ...options,
      executionProviders: ["wasm"],
      threads: 2,
      stepTimeout: STEP,
    });
    expect(failure).toBeUndefined();
    expect(loaded).toEqual({
      labels: 5,
      executionProvider: "wasm",
      fallbacks: [
        {
          executionProvider: "wasm",
          threads: 2,
          reason: "nothing happened for 5 s while its script started",
        },
      ],
    });
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  it("a GPU that stands still has longer, and is given up for WASM at once", async () => {
    const { loaded } = await load(await lab.page(), {
      workerBaseUrl: "/gpu",
      executionProviders: ["webgpu", "wasm"],
      threads: 2,
      stepTimeout: STEP,
    });
    expect(loaded?.fallbacks).toEqual([
      { executionProvider: "webgpu", reason: "nothing happened for 6 s while the GPU computed" },
    ]);
  });

  it("with one thread too, is given up for the next provider", async () => {
    const { loaded } = await load(await lab.page(), {
      workerBaseUrl: "/silent-gpu",
      executionProviders: ["webgpu", "wasm"],
      threads: 2,
      stepTimeout: STEP,
    });
    const reason = "nothing happened for 5 s while its script started";
    expect(loaded).toMatchObject({
      executionProvider: "wasm",
      fallbacks: [
        { executionProvider: "webgpu", threads: 2, reason },
        { executionProvider: "webgpu", reason },
      ],
    });
  });

  it("classifiers that wait for one that stands still are not held up by it", async () => {
    const page = await lab.page();
    const labels = await page.evaluate(async (stepTimeout) => {
      // onnxruntime asks for this when it starts its threads, and then never hears from them.
      const { Worker } = window;
      window.Worker = class extends Worker {
        constructor() {
          super("data:text/javascript,");
        }
      };
      const load = async () => {
        const classifier = await window.fleuron.loadClassifier("/bundle/", {
          worker: false,
          workerBaseUrl: "/second-unhurried",
          executionProviders: ["wasm"],
          threads: 2,
          stepTimeout,
        });
        const { predictions } = await classifier.classify("/photo.jpg");
        return [predictions.length, classifier.fallbacks[0]!.reason];
      };
      return Promise.all([load(), load()]);
    }, STEP);
    const reason = "nothing happened for 5 s while onnxruntime started its threads and opened the model";
    expect(labels).toEqual([
      [5, reason],
      [5, reason],
    ]);
  });
});
