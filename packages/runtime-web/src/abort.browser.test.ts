// Whatever is under way can be ended, and says so at once.
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import type { WebClassifier } from "./index.js";

declare global {
  interface Window {
    classifier: WebClassifier;
  }
}

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
afterEach(() => lab.server.setFault("/bundle/model.onnx.data", undefined));

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
    lab.server.setFault("/bundle/model.onnx.data", { stallAfter: 1000 });
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
      window.classifier = await window.fleuron.loadClassifier("/bundle/");
    });
    return page;
  };

  it("ends a run for its caller at once, skips those that have not begun, and works on", async () => {
    const page = await loaded();
    const before = lab.server.requests.length;
    const seen = await page.evaluate(async () => {
      const controller = new AbortController();
      const { signal } = controller;
      const running = Array.from({ length: 20 }, () =>
        window.failure(window.classifier.classify("/large.jpg", { signal })),
      );
      setTimeout(() => controller.abort(new Error("the user has left")), 5);
      const failures = await Promise.all(running);
      const { predictions } = await window.classifier.classify("/photo.jpg");
      return { failures, labels: predictions.length };
    });
    expect(seen.failures).toHaveLength(20);
    for (const failure of seen.failures) expect(failure).toMatchObject(REASON);
    expect(seen.labels).toBe(5);
    // Each run that begins fetches its photo.
    const begun = lab.server.requests.slice(before).filter((path) => path === "/large.jpg");
    expect(begun.length).toBeLessThan(5);
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
