// Where the package's files lie, and where it computes.
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { distFile, type Lab, openLab } from "./fixtures/lab.js";

const SCRIPT = "fleuron-wasm.js";
const WASM = "ort-wasm-simd-threaded.wasm";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    files: {
      "/photo.jpg": await encodeJpeg(drawFlower({ width: 90, height: 70 })),
      [`/scripts/${SCRIPT}`]: await distFile(SCRIPT),
      [`/large-files/${WASM}`]: await distFile(WASM),
      "/own-worker.js": `import { loadClassifier } from "/fleuron/fleuron.js";
        onmessage = async ({ data }) => {
          const classifier = await loadClassifier("/bundle/", data);
          const { predictions } = await classifier.classify("/photo.jpg");
          await classifier.dispose();
          postMessage(predictions.length);
        };`,
    },
  });
});
afterAll(() => lab[Symbol.asyncDispose]());

it.each([true, false])(
  "takes its files from the folders that it is told, with worker: %s",
  async (worker) => {
    const page = await lab.page();
    const before = lab.server.requests.length;
    const labels = await page.evaluate(async (worker) => {
      const classifier = await window.fleuron.loadClassifier("/bundle/", {
        worker,
        workerBaseUrl: "/scripts",
        wasmBaseUrl: new URL("/large-files/", location.href),
      });
      const { predictions } = await classifier.classify("/photo.jpg");
      await classifier.dispose();
      return predictions.length;
    }, worker);
    expect(labels).toBe(5);
    const requests = lab.server.requests.slice(before);
    expect(requests).toEqual(expect.arrayContaining([`/scripts/${SCRIPT}`, `/large-files/${WASM}`]));
    expect(requests).not.toContain(`/fleuron/${SCRIPT}`);
    expect(requests).not.toContain(`/fleuron/${WASM}`);
  },
);

it.each([true, false])("may be loaded in a worker of the page, with worker: %s", async (worker) => {
  const page = await lab.page();
  const labels = await page.evaluate(
    (worker) =>
      new Promise((resolve, reject) => {
        const own = new Worker("/own-worker.js", { type: "module" });
        own.onmessage = ({ data }) => resolve(data);
        own.onerror = ({ message }) => reject(new Error(message));
        own.postMessage({ worker });
      }),
    worker,
  );
  expect(labels).toBe(5);
});

describe("threads", () => {
  /** Workers of a page whose classifier has none of its own: those that onnxruntime computes with. */
  const workersOf = async (lab: Lab, threads?: number) => {
    const page = await lab.page();
    await page.evaluate(
      async (options) => {
        const classifier = await window.fleuron.loadClassifier("/bundle/", options);
        await classifier.classify("/photo.jpg");
      },
      { worker: false, ...(threads !== undefined && { threads }) },
    );
    return page.workers().length;
  };

  it("are as many as it is told, the page's own included", async () => {
    expect(await workersOf(lab, 1)).toBe(0);
    expect(await workersOf(lab, 3)).toBe(2);
  });

  it("are not there where the page is not cross-origin isolated", async () => {
    await using other = await openLab({
      crossOriginIsolated: false,
      files: { "/photo.jpg": await encodeJpeg(drawFlower({ width: 90, height: 70 })) },
    });
    expect(await workersOf(other)).toBe(0);
  });
});
