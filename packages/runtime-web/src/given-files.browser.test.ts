// A bundle whose files the page has: nothing of it is fetched, or kept a second time.
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { makeUpBundle } from "./fixtures/made-up-bundle.js";

declare global {
  interface Window {
    files: Record<string, Blob>;
  }
}

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    bundle: await makeUpBundle({ width: 0.3 }),
    files: { "/photo.jpg": await encodeJpeg(drawFlower({ width: 90, height: 70 })) },
  });
});
afterAll(() => lab[Symbol.asyncDispose]());

/** The files of the site's bundle. */
const paths = () => Object.keys(lab.bundle.files).map((path) => path.slice(1));

it("names a photo as the same bundle at an address does, and asks no server for it", async () => {
  const page = await lab.page();
  const before = await page.evaluate(async () => {
    const classifier = await window.fleuron.loadClassifier("/bundle/", { cache: false });
    const { predictions } = await classifier.classify("/photo.jpg");
    await classifier.dispose();
    return predictions;
  });
  await page.evaluate(async (paths) => {
    window.files = {};
    for (const path of paths) window.files[path] = await (await fetch(`/bundle/${path}`)).blob();
  }, paths());
  const since = lab.server.requests.length;
  const seen = await page.evaluate(async () => {
    const progress: { completed: number; total: number }[] = [];
    const classifier = await window.fleuron.loadClassifier(window.files, {
      onProgress: (event) => progress.push(event),
    });
    const { predictions } = await classifier.classify("/photo.jpg");
    await classifier.dispose();
    const kept = await (await caches.open("fleuron")).keys();
    return { predictions, last: progress.at(-1)!, kept: kept.map(({ url }) => url) };
  });
  expect(seen.predictions).toEqual(before);
  expect(seen.last.completed).toBe(seen.last.total);
  expect(lab.server.requests.slice(since).filter((path) => path.startsWith("/bundle/"))).toEqual([]);
  const hashes = lab.bundle.manifest.models.flatMap(({ files }) => files.flatMap(({ chunks }) => chunks));
  expect(hashes.length).toBeGreaterThan(2);
  // The .wasm is kept as ever, so that it works offline.
  expect(seen.kept.length).toBeGreaterThan(0);
  expect(seen.kept.filter((url) => hashes.some((hash) => url.includes(hash)))).toEqual([]);
});

it("names files that are no Blobs", async () => {
  const page = await lab.page();
  const failure = await page.evaluate(async () => {
    const response = await fetch("/bundle/fleuron.json");
    return window.failure(window.fleuron.loadClassifier({ "fleuron.json": response as unknown as Blob }));
  });
  expect(failure).toMatchObject({
    code: "option-invalid",
    subject: "bundle",
    message: expect.stringContaining("must be Blobs"),
  });
});

it.each([
  ["is missing", "model.onnx.data", "bundle-damaged", "is not among the bundle's files"],
  [
    "has other bytes",
    "model.onnx",
    "integrity-mismatch",
    "are not those that were published (SHA-256 differs)",
  ],
  ["was cut short", "model.onnx.data", "integrity-mismatch", "it ends after"],
])("names a file that %s", async (what, path, code, message) => {
  const page = await lab.page();
  const failure = await page.evaluate(
    async ({ paths, what, path }) => {
      const files: Record<string, Blob> = {};
      for (const each of paths) files[each] = await (await fetch(`/bundle/${each}`)).blob();
      const whole = files[path]!;
      if (what === "is missing") delete files[path];
      else if (what === "was cut short") files[path] = whole.slice(0, -1);
      else files[path] = new Blob([whole.slice(0, -1), Uint8Array.of(0xff)]);
      return window.failure(window.fleuron.loadClassifier(files));
    },
    { paths: paths(), what, path },
  );
  expect(failure).toMatchObject({ code, subject: path, message: expect.stringContaining(message) });
});
