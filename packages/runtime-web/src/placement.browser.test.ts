// Where the package's files lie, and where it computes.
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { distFile } from "./fixtures/site.js";
import type { LoadOptions } from "./index.js";

const SCRIPT = "fleuron-wasm.js";
const WASM = "ort-wasm-simd-threaded.wasm";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    files: {
      "/photo.jpg": await encodeJpeg(drawFlower({ width: 90, height: 70 })),
      [`/scripts/${SCRIPT}`]: await distFile(SCRIPT),
      [`/large-files/${WASM}`]: await distFile(WASM),
      "/shared-worker.js": `import { loadClassifier } from "/fleuron/fleuron.js";
        onconnect = ({ ports: [port] }) => {
          const work = async (options) => {
            const classifier = await loadClassifier("/bundle/", options);
            const { predictions } = await classifier.classify("/photo.jpg");
            await classifier.dispose();
            return { labels: predictions.length };
          };
          port.onmessage = async ({ data }) =>
            port.postMessage(await work(data).catch(({ code, message, hint }) => ({ code, message, hint })));
        };`,
      "/service-worker.js": `import { loadClassifier } from "/fleuron/fleuron.js";
        onmessage = async ({ data, source }) =>
          source.postMessage(
            await loadClassifier("/bundle/", data).catch(({ code, message }) => ({ code, message })),
          );`,
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

describe("in a SharedWorker, which cannot start workers in Chromium", () => {
  const answer = async (options: LoadOptions) => {
    const page = await lab.page();
    return page.evaluate(
      (options) =>
        new Promise((resolve, reject) => {
          const worker = new SharedWorker("/shared-worker.js", { type: "module" });
          worker.onerror = () => reject(new Error("it did not load"));
          worker.port.onmessage = ({ data }) => resolve(data);
          worker.port.postMessage(options);
        }),
      options,
    );
  };

  it.each([{}, { worker: false }, { threads: 2 }])(
    "works without a worker of its own: %j",
    async (options) => {
      expect(await answer(options)).toEqual({ labels: 5 });
    },
  );

  it("says that it cannot have one", async () => {
    expect(await answer({ worker: true })).toEqual({
      code: "browser-unsupported",
      message: "Workers cannot be started here.",
      hint: "Set worker: false.",
    });
  });
});

it.each([true, false])("says that a service worker cannot compute, with worker: %s", async (worker) => {
  const page = await lab.page();
  const failure = await page.evaluate(async (worker) => {
    const { active, installing, waiting } = await navigator.serviceWorker.register("/service-worker.js", {
      type: "module",
    });
    const answer = new Promise((resolve) => {
      navigator.serviceWorker.onmessage = ({ data }) => resolve(data);
    });
    (active ?? installing ?? waiting)!.postMessage({ worker });
    return answer;
  }, worker);
  expect(failure).toEqual({
    code: "browser-unsupported",
    message: "A service worker may not import scripts, and a classifier needs one.",
  });
});

describe("in a sandboxed frame", () => {
  /** What comes of a load in such a frame, which has no origin and no storage. */
  const answer = async (options: LoadOptions) => {
    await using other = await openLab({
      crossOriginIsolated: false,
      headers: { "Access-Control-Allow-Origin": "*" },
      files: {
        "/photo.jpg": await encodeJpeg(drawFlower({ width: 90, height: 70 })),
        "/outside.html": `<!doctype html><link rel="icon" href="data:,">
          <iframe sandbox="allow-scripts" src="/index.html"></iframe>`,
      },
    });
    const page = await (await other.browser.newContext()).newPage();
    await page.goto(`${other.server.url}/outside.html`);
    const frame = page.frames()[1]!;
    await frame.waitForFunction(() => window.fleuron !== undefined);
    return await frame.evaluate(async (options) => {
      const warnings: string[] = [];
      let labels = 0;
      const work = async () => {
        const classifier = await window.fleuron.loadClassifier("/bundle/", {
          ...options,
          onWarning: ({ code, message }) => warnings.push(`${code}: ${message}`),
        });
        labels = (await classifier.classify("/photo.jpg")).predictions.length;
        await classifier.dispose();
        await window.fleuron.clearCache();
      };
      return { failure: await window.failure(work()), labels, warnings };
    }, options);
  };

  it("works without a worker, keeps nothing, and says so", async () => {
    const { failure, ...seen } = await answer({ worker: false });
    expect(failure).toBeUndefined();
    const warning = /^cache-unavailable: Files are not kept for the next visit: SecurityError: .*[^.]\.$/;
    expect(seen).toEqual({ labels: 5, warnings: [expect.stringMatching(warning)] });
  });

  it("says that it cannot have a worker", async () => {
    const { failure } = await answer({});
    expect(failure).toMatchObject({
      code: "worker-failed",
      message: expect.stringContaining("SecurityError"),
    });
  });
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
