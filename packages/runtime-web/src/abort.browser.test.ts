// Whatever is under way can be ended, and says so at once.
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import type { WebClassifier } from "./index.js";

declare global {
  interface Window {
    classifier: WebClassifier;
    controller: AbortController;
  }
}

const WEIGHTS = "/bundle/model.onnx.data";
const REASON = { name: "Error", message: "the user has left" };

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    files: {
      "/photo.jpg": await encodeJpeg(drawFlower({ width: 90, height: 70 })),
      "/large.jpg": await encodeJpeg(drawFlower({ width: 3000, height: 2000 })),
    },
  });
});
afterAll(() => lab[Symbol.asyncDispose]());
afterEach(() => {
  for (const path of [WEIGHTS, "/large.jpg"] as const) lab.server.setFault(path, undefined);
});

describe.each([{ worker: true }, { worker: false }])("aborting a load with %j", (options) => {
  it("before it begins", async () => {
    const page = await lab.page();
    const before = lab.server.requests.length;
    const failure = await page.evaluate((options) => {
      const signal = AbortSignal.abort(new Error("the user has left"));
      return window.failure(window.fleuron.loadClassifier("/bundle/", { ...options, signal }));
    }, options);
    expect(failure).toMatchObject(REASON);
    expect(lab.server.requests.slice(before)).not.toContain("/bundle/fleuron.json");
  });

  it("while it downloads", async () => {
    lab.server.setFault(WEIGHTS, { stallAfter: 1000 });
    const page = await lab.page();
    const failure = await page.evaluate((options) => {
      const controller = new AbortController();
      const loading = window.fleuron.loadClassifier("/bundle/", {
        ...options,
        signal: controller.signal,
        onProgress: () => controller.abort(new Error("the user has left")),
      });
      return window.failure(loading);
    }, options);
    expect(failure).toMatchObject(REASON);
  });

  it("while it compiles", async () => {
    const page = await lab.page();
    const failure = await page.evaluate((options) => {
      const controller = new AbortController();
      const loading = window.fleuron.loadClassifier("/bundle/", {
        ...options,
        signal: controller.signal,
        onProgress: ({ completed, total }) => {
          if (completed === total) controller.abort(new Error("the user has left"));
        },
      });
      return window.failure(loading);
    }, options);
    expect(failure).toMatchObject(REASON);
  });
});

describe("a loaded classifier", () => {
  const loaded = async () => {
    const page = await lab.page();
    await page.evaluate(async () => {
      window.classifier = await window.fleuron.loadClassifier("/bundle/", { stallTimeout: 1e9 });
    });
    return page;
  };

  it("ends a run for its caller at once, skips those that have not begun, and works on", async () => {
    const page = await loaded();
    const begun = () => lab.server.requests.slice(before).filter((path) => path === "/large.jpg").length;
    const before = lab.server.requests.length;
    lab.server.setFault("/large.jpg", { stallAfter: 1000 });
    const failures = page.evaluate(async () => {
      window.controller = new AbortController();
      const { signal } = window.controller;
      return Promise.all(
        Array.from({ length: 20 }, () =>
          window.failure(window.classifier.classify("/large.jpg", { signal })),
        ),
      );
    });
    // Each run that begins fetches its photo, and waits for the rest of it longer than this test may take.
    await expect.poll(begun).toBe(1);
    await page.evaluate(() => window.controller.abort(new Error("the user has left")));
    expect(await failures).toEqual(Array(20).fill(expect.objectContaining(REASON)));
    const { predictions } = await page.evaluate(() => window.classifier.classify("/photo.jpg"));
    expect(predictions).toHaveLength(5);
  });

  it("rejects what is running when it is disposed, and everything after", async () => {
    const page = await loaded();
    const failures = await page.evaluate(async () => {
      const running = window.failure(window.classifier.classify("/large.jpg"));
      await window.classifier.dispose();
      await window.classifier.dispose();
      return [await running, await window.failure(window.classifier.classify("/photo.jpg"))];
    });
    expect(failures[0]).toMatchObject({ code: "classifier-disposed" });
    expect(failures[1]).toMatchObject({ code: "classifier-disposed" });
  });
});
