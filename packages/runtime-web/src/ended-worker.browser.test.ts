// A worker that ends while someone waits for it, for whatever reason, leaves nobody waiting.
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { makeUpBundle, shallowNetwork } from "./fixtures/made-up-bundle.js";
import type { WebClassifier } from "./index.js";

declare global {
  interface Window {
    classifier: WebClassifier;
  }
}

const MODEL = "/bundle/model.onnx";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    bundle: await makeUpBundle({ network: shallowNetwork }),
    files: { "/photo.jpg": await encodeJpeg(drawFlower({ width: 90, height: 70 })) },
  });
});
afterAll(() => lab[Symbol.asyncDispose]());
afterEach(() => {
  for (const path of [MODEL, "/photo.jpg"] as const) lab.server.setFault(path, undefined);
});

const load = (page: Page) =>
  page.evaluate(async () => {
    window.classifier = await window.fleuron.loadClassifier("/bundle/", { threads: 1, cache: false });
  });
const classify = (page: Page) =>
  page.evaluate(() => window.failure(window.classifier.classify("/photo.jpg")));

const ends: Record<string, (page: Page) => Promise<unknown>> = {
  "closes itself": (page) => page.workers()[0]!.evaluate(() => self.close()),
  "throws an error": (page) =>
    page.workers()[0]!.evaluate(() => {
      setTimeout(() => {
        throw new Error("struck by lightning");
      });
    }),
  "gets a message that it cannot read": (page) =>
    page.workers()[0]!.evaluate(() => {
      setTimeout(() => self.dispatchEvent(new MessageEvent("messageerror")));
    }),
};

it.each(Object.keys(ends))("a worker that %s rejects what waits, and everything after", async (how) => {
  const page = await lab.page();
  await load(page);
  const since = lab.server.requests.length;
  lab.server.setFault("/photo.jpg", { stallAfter: 100 });
  const waiting = [classify(page), classify(page)];
  await expect.poll(() => lab.server.requests.slice(since)).toContain("/photo.jpg");
  await ends[how]!(page);
  for (const failure of [...(await Promise.all(waiting)), await classify(page)]) {
    expect(failure).toMatchObject({ name: "FleuronError", code: "worker-failed" });
  }
  await expect.poll(() => page.workers()).toEqual([]);
});

it("a worker that ends during a load rejects it", async () => {
  const page = await lab.page();
  lab.server.setFault(MODEL, { stallAfter: 100 });
  const since = lab.server.requests.length;
  const failure = page.evaluate(() => window.failure(window.fleuron.loadClassifier("/bundle/")));
  await expect.poll(() => lab.server.requests.slice(since)).toContain(MODEL);
  await ends["closes itself"]!(page);
  expect(await failure).toMatchObject({
    code: "worker-failed",
    message: expect.stringContaining("it has ended"),
  });
});

it("a message from the worker that the page cannot read rejects what waits", async () => {
  const page = await lab.page();
  const failure = await page.evaluate(() => {
    const { Worker } = window;
    window.Worker = class extends Worker {
      override postMessage() {
        setTimeout(() => this.dispatchEvent(new MessageEvent("messageerror")));
      }
    };
    return window.failure(window.fleuron.loadClassifier("/bundle/"));
  });
  expect(failure).toMatchObject({ code: "worker-failed" });
});

it("a worker that is disposed of has not failed", async () => {
  const page = await lab.page();
  await load(page);
  const failure = await page.evaluate(async () => {
    await window.classifier.dispose();
    await new Promise((wake) => setTimeout(wake, 500));
    return window.failure(window.classifier.classify("/photo.jpg"));
  });
  expect(failure).toMatchObject({ code: "classifier-disposed" });
});
