// What a second visit needs of the network.
import { readFile } from "node:fs/promises";
import { CHUNK_BYTES } from "@fleuron/model";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { makeUpBundle } from "./fixtures/made-up-bundle.js";

const LARGE_FILES = [
  "/bundle/model.onnx",
  "/bundle/model.onnx.data",
  "/fleuron/ort-wasm-simd-threaded.wasm",
] as const;

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
const [, serviceWorker] = /^\/\/ sw\.js$([^`]+)/m.exec(readme)!;

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    bundle: await makeUpBundle({ width: 0.3 }),
    files: {
      "/sw.js": serviceWorker,
      "/photo.jpg": await encodeJpeg(drawFlower({ width: 90, height: 70 })),
    },
  });
});
afterAll(() => lab[Symbol.asyncDispose]());
afterEach(() => {
  for (const path of [...LARGE_FILES, "/bundle/fleuron.json"] as const) lab.server.setFault(path, undefined);
});

const visit = (page: Page, options: { readonly cache?: boolean } = {}) =>
  page.evaluate(async (options) => {
    const warnings: string[] = [];
    const classifier = await window.fleuron.loadClassifier("/bundle/", {
      ...options,
      onWarning: ({ code }) => warnings.push(code),
    });
    const { predictions } = await classifier.classify("/photo.jpg");
    await classifier.dispose();
    return { labels: predictions.length, warnings };
  }, options);

const fetchedBy = async (work: () => Promise<unknown>) => {
  const before = lab.server.requests.length;
  await work();
  return lab.server.requests.slice(before);
};

it("a second visit fetches the manifest, the script and no large file", async () => {
  const page = await lab.page();
  expect(await fetchedBy(() => visit(page))).toEqual(expect.arrayContaining([...LARGE_FILES]));
  const again = await fetchedBy(() => visit(page));
  expect(again).toContain("/bundle/fleuron.json");
  expect(again.filter((path) => (LARGE_FILES as readonly string[]).includes(path))).toEqual([]);
});

it("works when neither bundle nor .wasm can be reached, once it was there", async () => {
  const page = await lab.page();
  await visit(page);
  for (const path of [...LARGE_FILES, "/bundle/fleuron.json"] as const)
    lab.server.setFault(path, { cutAfter: 0 });
  expect(await visit(page)).toEqual({ labels: 5, warnings: [] });
});

it("an interrupted visit leaves its whole chunks to the next one", async () => {
  const page = await lab.page();
  lab.server.setFault("/bundle/model.onnx.data", { stallAfter: CHUNK_BYTES + 1000 });
  const [, { chunks }] = lab.bundle.manifest.models[0].files;
  await page.evaluate(async (chunk) => {
    const controller = new AbortController();
    const { signal } = controller;
    const loading = window.failure(window.fleuron.loadClassifier("/bundle/", { signal }));
    while (!(await caches.match(`/fleuron-cache/${chunk}`)))
      await new Promise((wake) => setTimeout(wake, 50));
    controller.abort();
    await loading;
  }, chunks[0]);
  lab.server.setFault("/bundle/model.onnx.data", undefined);
  const before = lab.server.requests.length;
  await visit(page);
  const at = lab.server.requests.indexOf("/bundle/model.onnx.data", before);
  expect(lab.server.ranges[at]).toBe(`bytes=${CHUNK_BYTES}-`);
});

it("notices when what was kept is no longer what it was", async () => {
  const page = await lab.page();
  await visit(page);
  await page.evaluate(async () => {
    const cache = await caches.open("fleuron");
    for (const key of await cache.keys()) {
      const bytes = new Uint8Array(await (await cache.match(key))!.arrayBuffer());
      bytes[bytes.length - 9] ^= 1;
      if (!key.url.endsWith("json")) await cache.put(key, new Response(bytes));
    }
  });
  expect(await fetchedBy(() => visit(page))).toEqual(expect.arrayContaining([...LARGE_FILES]));
});

it("keeps nothing when told so, and forgets all when told so", async () => {
  const page = await lab.page();
  await visit(page, { cache: false });
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  await visit(page);
  expect(await page.evaluate(() => caches.keys())).toEqual(["fleuron"]);
  await page.evaluate(() => window.fleuron.clearCache());
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});

it("works without room for keeping anything, and says so once", async () => {
  const page = await lab.page();
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: lab.server.url, quotaSize: 100_000 });
  expect(await visit(page)).toEqual({ labels: 5, warnings: ["cache-unavailable"] });
});

it("two tabs that load at once both work", async () => {
  const first = await lab.page();
  const second = await first.context().newPage();
  await second.goto(lab.server.url);
  await second.waitForFunction(() => window.fleuron !== undefined);
  const labels = await Promise.all([visit(first), visit(second)]);
  expect(labels).toEqual([
    { labels: 5, warnings: [] },
    { labels: 5, warnings: [] },
  ]);
});

it("works offline altogether with the service worker of the readme", async () => {
  const page = await lab.page();
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
  });
  const reload = async () => {
    await page.reload();
    await page.waitForFunction(() => window.fleuron !== undefined);
  };
  await reload();
  expect(await visit(page)).toEqual({ labels: 5, warnings: [] });
  // The last test of this file: from here on there is no server.
  await lab.server.close();
  await reload();
  expect(await visit(page)).toEqual({ labels: 5, warnings: [] });
});
