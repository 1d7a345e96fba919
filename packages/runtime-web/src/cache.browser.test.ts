// What a second visit needs of the network.
import { readFile } from "node:fs/promises";
import { CHUNK_BYTES } from "@fleuron/model";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { makeUpBundle, shallowNetwork, type TestBundle } from "./fixtures/made-up-bundle.js";

const LARGE_FILES = [
  "/bundle/model.onnx",
  "/bundle/model.onnx.data",
  "/fleuron/ort-wasm-simd-threaded.wasm",
] as const;

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
const serviceWorker = /^\/\/ sw\.js$([^`]+)/m.exec(readme)![1]!;

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    bundle: await makeUpBundle({ width: 0.3 }),
    files: {
      "/sw.js": serviceWorker,
      "/titled.html": "<!doctype html><title>old</title>",
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
  const { chunks } = lab.bundle.manifest.models[0]!.files[1]!;
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
      bytes[bytes.length - 9]! ^= 1;
      if (!key.url.endsWith("json")) await cache.put(key, new Response(bytes));
    }
  });
  expect(await fetchedBy(() => visit(page))).toEqual(expect.arrayContaining([...LARGE_FILES]));
});

describe("chunks that nothing names any more", () => {
  /** The lab's bundle, and others at other addresses, as a server gives them. */
  const serve = (address: string, bundle: TestBundle) => {
    for (const [path, contents] of Object.entries(bundle.files)) {
      lab.server.setFault(`/${address}${path}` as `/${string}`, { contents });
    }
  };
  const load = (page: Page, address: string) =>
    page.evaluate(async (address) => {
      const classifier = await window.fleuron.loadClassifier(address);
      await classifier.dispose();
    }, address);
  const keptChunks = async (page: Page) =>
    page.evaluate(async () => {
      const keys = await (await caches.open("fleuron")).keys();
      return keys.map(({ url }) => url.slice(-64)).filter((hash) => /^[0-9a-f]{64}$/.test(hash));
    });
  const chunksOf = ({ manifest }: TestBundle) =>
    manifest.models.flatMap(({ files }) => files.flatMap(({ chunks }) => chunks));

  it("are dropped when a bundle is published anew, and those of other bundles and of onnxruntime stay", async () => {
    await using first = await makeUpBundle({ network: shallowNetwork });
    await using second = await makeUpBundle({ network: { ...shallowNetwork, name: "renamed" } });
    expect(chunksOf(second)).not.toEqual(chunksOf(first));
    const page = await lab.page();
    await visit(page);
    const without = await keptChunks(page);
    serve("other", first);
    await load(page, "/other/");
    expect((await keptChunks(page)).sort()).toEqual([...without, ...chunksOf(first)].sort());
    serve("other", second);
    await load(page, "/other/");
    expect((await keptChunks(page)).sort()).toEqual([...without, ...chunksOf(second)].sort());
    const again = await fetchedBy(() => visit(page));
    expect(again.filter((path) => (LARGE_FILES as readonly string[]).includes(path))).toEqual([]);
  });

  it("are dropped when a release has another onnxruntime", async () => {
    const page = await lab.page();
    const old = "0".repeat(64);
    await page.evaluate(async (old) => {
      const cache = await caches.open("fleuron");
      const manifest = encodeURIComponent(`${location.origin}/bundle/fleuron.json`);
      await cache.put(`/fleuron-cache/${old}`, new Response("old"));
      await cache.put(`/fleuron-cache/${manifest}%23ort-wasm-simd-threaded.wasm`, new Response(old));
    }, old);
    await visit(page);
    const kept = await keptChunks(page);
    expect(kept).not.toContain(old);
    expect(kept.length).toBeGreaterThan(chunksOf(lab.bundle).length);
  });
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

it("keeps a bundle whose address has a token as one, whatever the token is, and shows it nowhere", async () => {
  const page = await lab.page();
  const load = (address: string) =>
    page.evaluate(async (address) => {
      const loading = window.fleuron.loadClassifier(address);
      const failure = await window.failure(loading.then((classifier) => classifier.dispose()));
      const kept = (await (await caches.open("fleuron")).keys()).map(({ url }) => decodeURIComponent(url));
      return { failure, kept };
    }, address);
  const first = await fetchedBy(() => load("/bundle?token=a"));
  const paths = Object.keys(lab.bundle.files).map((path) => `/bundle${path}`);
  expect(first.filter((path) => path.startsWith("/bundle")).sort()).toEqual(
    paths.map((path) => `${path}?token=a`).sort(),
  );
  const second = await fetchedBy(async () => {
    const { kept, failure } = await load("/bundle/?token=b");
    expect(failure).toBeUndefined();
    expect(kept.filter((url) => url.endsWith("fleuron.json"))).toHaveLength(1);
    expect(kept.filter((url) => url.includes("token"))).toEqual([]);
  });
  expect(second.filter((path) => path.startsWith("/bundle"))).toEqual(["/bundle/fleuron.json?token=b"]);
  lab.server.setFault("/bundle/fleuron.json", { status: 403 });
  const { failure } = await load("/bundle/?token=c");
  expect(failure).toMatchObject({ code: "http-status", subject: `${lab.server.url}/bundle/fleuron.json` });
  expect(JSON.stringify(failure)).not.toContain("token");
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

const registerServiceWorker = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
  });

it("the service worker of the readme shows what the server has where the storage is full", async () => {
  const page = await lab.page();
  const open = async () => {
    await page.goto(`${lab.server.url}/titled.html`);
    return page.title();
  };
  await registerServiceWorker(page);
  expect(await open()).toBe("old");
  await expect.poll(() => page.evaluate(async () => (await caches.match("/titled.html"))?.status)).toBe(200);
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: lab.server.url, quotaSize: 1000 });
  lab.server.setFault("/titled.html", { contents: "<!doctype html><title>new</title>" });
  expect(await open()).toBe("new");
  await page.evaluate(() => caches.delete("page"));
  expect(await open()).toBe("new");
});

it("works offline altogether with the service worker of the readme", async () => {
  const page = await lab.page();
  await registerServiceWorker(page);
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
