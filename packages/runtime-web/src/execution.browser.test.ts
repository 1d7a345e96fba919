// What computes, and what happens when it goes away.
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { makeUpBundle, shallowNetwork } from "./fixtures/made-up-bundle.js";
import type { ExecutionProvider, WebClassifier } from "./index.js";

const photo = await encodeJpeg(drawFlower({ width: 90, height: 70 }));

declare global {
  interface Window {
    classifier: WebClassifier;
    devices: GPUDevice[];
    warnings: string[];
  }
}

/** Keeps hold of the GPU devices that anything in the page asks for from now on. */
const watchDevices = (page: Page) =>
  page.evaluate(() => {
    window.devices = [];
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (...options) {
      const device = await requestDevice.apply(this, options);
      window.devices.push(device);
      return device;
    };
  });

describe("where the only GPU is emulated", () => {
  let lab: Lab;
  beforeAll(async () => {
    const bundle = await makeUpBundle({ network: shallowNetwork });
    lab = await openLab({ bundle, files: { "/photo.jpg": photo } });
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  it("runs on WASM unless told otherwise, and says why", async () => {
    const page = await lab.page();
    const loaded = await page.evaluate(async () => {
      const classifier = await window.fleuron.loadClassifier("/bundle/");
      const { executionProvider, fallbacks } = classifier;
      await classifier.dispose();
      return { executionProvider, fallbacks };
    });
    expect(loaded).toEqual({
      executionProvider: "wasm",
      fallbacks: ["kernels", "webgpu"].map((executionProvider) => ({
        executionProvider,
        reason: expect.stringContaining("emulated on the CPU"),
      })),
    });
  });

  it("runs on WASM where only the script of kernels is missing", async () => {
    const page = await lab.page();
    await page.route("**/fleuron-kernels.js", (route) => route.fulfill({ status: 404 }));
    const loaded = await page.evaluate(async () => {
      const executionProviders = ["kernels", "wasm"] as const;
      const classifier = await window.fleuron.loadClassifier("/bundle/", { executionProviders });
      const { executionProvider, fallbacks } = classifier;
      await classifier.dispose();
      return { executionProvider, fallbacks };
    });
    expect(loaded).toEqual({
      executionProvider: "wasm",
      fallbacks: [
        {
          executionProvider: "kernels",
          reason: expect.stringMatching(/script .*fleuron-kernels\.js failed: it did not load$/),
        },
      ],
    });
  });

  it.each([
    ["wrong", "it gave ", { seed: 1, predictions: [{ label: "aster", probability: 0.999 }] }],
    ["missing", "the bundle has no sample to check kernels by", undefined],
  ])("kernels are given up where the bundle's sample is %s", async (_, reason, sample) => {
    const { manifest } = lab.bundle;
    const models = manifest.models.map((model) => ({ ...model, sample }));
    lab.server.setFault("/bundle/fleuron.json", { contents: JSON.stringify({ ...manifest, models }) });
    const page = await lab.page();
    const load = (executionProviders: readonly ExecutionProvider[]) =>
      page.evaluate(async (executionProviders) => {
        let loaded: Pick<WebClassifier, "executionProvider" | "fallbacks"> | undefined;
        const failure = await window.failure(
          window.fleuron.loadClassifier("/bundle/", { executionProviders }).then((classifier) => {
            loaded = { executionProvider: classifier.executionProvider, fallbacks: classifier.fallbacks };
            return classifier.dispose();
          }),
        );
        return { loaded, failure };
      }, executionProviders);
    try {
      expect(await load(["kernels", "wasm"])).toMatchObject({
        loaded: {
          executionProvider: "wasm",
          fallbacks: [{ executionProvider: "kernels", reason: expect.stringContaining(reason) }],
        },
      });
      expect((await load(["kernels"])).failure).toMatchObject({
        code: "execution-provider-unavailable",
        message: expect.stringContaining(`kernels: ${reason}`),
      });
    } finally {
      lab.server.setFault("/bundle/fleuron.json", undefined);
    }
  });

  it.each(["webgpu", "kernels"] as const)(
    "a device of %s that is destroyed in mid-run is replaced",
    async (provider) => {
      const page = await lab.page();
      await watchDevices(page);
      const seen = await page.evaluate(async (provider) => {
        const warnings: string[] = [];
        const classifier = await window.fleuron.loadClassifier("/bundle/", {
          executionProviders: [provider, "wasm"],
          worker: false,
          onWarning: ({ code }) => warnings.push(code),
        });
        const before = await classifier.classify("/photo.jpg");
        const during = classifier.classify("/photo.jpg");
        window.devices.at(-1)!.destroy();
        const after = await during;
        const again = await classifier.classify("/photo.jpg");
        const { executionProvider } = classifier;
        await classifier.dispose();
        return {
          warnings,
          executionProvider,
          answers: [before, after, again].map((it) => it.predictions[0]),
        };
      }, provider);
      expect(seen.warnings).toEqual(["device-lost"]);
      expect(seen.executionProvider).toBe(provider);
      expect(seen.answers[1]).toEqual(seen.answers[0]);
      expect(seen.answers[2]).toEqual(seen.answers[0]);
    },
  );

  it("a device that several classifiers of one thread share is replaced for all of them", async () => {
    const page = await lab.page();
    await watchDevices(page);
    const seen = await page.evaluate(async () => {
      const warnings: string[] = [];
      const load = () =>
        window.fleuron.loadClassifier("/bundle/", {
          executionProviders: ["webgpu"],
          worker: false,
          onWarning: ({ code }) => warnings.push(code),
        });
      const classifiers = await Promise.all([load(), load()]);
      const classify = () =>
        Promise.all(
          classifiers.map(async (classifier) => (await classifier.classify("/photo.jpg")).predictions[0]),
        );
      const before = await classify();
      for (const device of window.devices) device.destroy();
      const after = await classify();
      const again = await classify();
      await Promise.all(classifiers.map((classifier) => classifier.dispose()));
      return { warnings, before, after, again };
    });
    expect(seen.warnings).toEqual(["device-lost", "device-lost"]);
    expect(seen.after).toEqual(seen.before);
    expect(seen.again).toEqual(seen.before);
  });

  it.each([
    ["webgpu", "could not open the model"],
    ["kernels", "no GPU any more"],
  ] as const)("a device of %s for which no other comes is given up for WASM", async (provider, reason) => {
    const page = await lab.page();
    await watchDevices(page);
    const seen = await page.evaluate(async (provider) => {
      const heardOn: string[] = [];
      const classifier: WebClassifier = await window.fleuron.loadClassifier("/bundle/", {
        executionProviders: [provider, "wasm"],
        worker: false,
        onWarning: () => heardOn.push(classifier.executionProvider),
      });
      GPUAdapter.prototype.requestDevice = () => Promise.reject(new Error("no GPU any more"));
      window.devices.at(-1)!.destroy();
      const { predictions } = await classifier.classify("/photo.jpg");
      const { executionProvider, fallbacks } = classifier;
      await classifier.dispose();
      return { labels: predictions.length, executionProvider, fallbacks, heardOn };
    }, provider);
    expect(seen).toEqual({
      labels: 5,
      executionProvider: "wasm",
      heardOn: ["wasm"],
      fallbacks: [{ executionProvider: provider, reason: expect.stringContaining(reason) }],
    });
  });

  it("a GPU process that crashes costs no answer", async () => {
    const page = await lab.page();
    const browserSession = await lab.browser.newBrowserCDPSession();
    await page.evaluate(async () => {
      window.warnings = [];
      window.classifier = await window.fleuron.loadClassifier("/bundle/", {
        executionProviders: ["webgpu", "wasm"],
        onWarning: ({ code }) => window.warnings.push(code),
      });
    });
    const classify = () =>
      page.evaluate(async () => {
        const { predictions } = await window.classifier.classify("/photo.jpg");
        return predictions[0]!;
      });
    const before = await classify();
    const during = classify();
    // The crash takes the command's answer with it.
    await Promise.race([browserSession.send("Browser.crashGpuProcess").catch(() => undefined), during]);
    for (const best of [await during, await classify()]) {
      expect(best.label).toBe(before.label);
      expect(best.probability).toBeCloseTo(before.probability, 4);
    }
    expect(await page.evaluate(() => window.warnings)).toContain("device-lost");
  });
});

describe("where there is no GPU", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ webgpu: false });
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  it("takes the next provider, and says why", async () => {
    const page = await lab.page();
    const loaded = await page.evaluate(async () => {
      const classifier = await window.fleuron.loadClassifier("/bundle/", {
        executionProviders: ["webgpu", "wasm"],
      });
      const { executionProvider, fallbacks } = classifier;
      await classifier.dispose();
      return { executionProvider, fallbacks };
    });
    expect(loaded).toEqual({
      executionProvider: "wasm",
      fallbacks: [{ executionProvider: "webgpu", reason: "the browser has no GPU that it lets pages use" }],
    });
  });

  it("refuses when nothing else may be taken", async () => {
    const page = await lab.page();
    const failure = await page.evaluate(() =>
      window.failure(window.fleuron.loadClassifier("/bundle/", { executionProviders: ["webgpu"] })),
    );
    expect(failure).toMatchObject({
      code: "execution-provider-unavailable",
      message: "webgpu: the browser has no GPU that it lets pages use.",
    });
  });
});
