// What happens between an address and a classifier, on servers that are well and on those that are not.
import { CHUNK_BYTES } from "@fleuron/model";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import { makeUpBundle } from "./fixtures/made-up-bundle.js";
import type { LoadOptions } from "./index.js";

const MODEL = "/bundle/model.onnx";
const WEIGHTS = "/bundle/model.onnx.data";
const MANIFEST = "/bundle/fleuron.json";
const WASM = "/fleuron/ort-wasm-simd-threaded.wasm";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    bundle: await makeUpBundle({ width: 0.3 }),
    files: { "/photo.jpg": await encodeJpeg(drawFlower({ width: 90, height: 70 })) },
  });
});
afterAll(() => lab[Symbol.asyncDispose]());
afterEach(() => {
  for (const path of [MODEL, WEIGHTS, MANIFEST, WASM] as const) lab.server.setFault(path, undefined);
});

/** Loads, classifies a photo and disposes; or how that failed. */
function load(page: Page, options: LoadOptions = {}) {
  return page.evaluate(async (options) => {
    const progress: { completed: number; total: number }[] = [];
    const warnings: string[] = [];
    const work = async () => {
      const classifier = await window.fleuron.loadClassifier("/bundle/", {
        ...options,
        onProgress: (event) => progress.push(event),
        onWarning: ({ code }) => warnings.push(code),
      });
      const { predictions } = await classifier.classify("/photo.jpg");
      await classifier.dispose();
      return predictions.length;
    };
    let labels = 0;
    const failure = await window.failure(work().then((count) => (labels = count)));
    return { progress, warnings, labels, failure };
  }, options);
}

/** Requests for a path since the given moment, with the part that they asked for. */
const requestsFor = (path: string, since = 0) =>
  lab.server.requests.flatMap((request, index) =>
    request === path && index >= since ? [lab.server.ranges[index]] : [],
  );

describe("a load", () => {
  it("tells the bytes of all files, never falling, up to the total", async () => {
    const { progress, labels, failure, warnings } = await load(await lab.page());
    expect(failure).toBeUndefined();
    expect(labels).toBe(5);
    expect(warnings).toEqual([]);
    const { files } = lab.bundle.manifest.models[0]!;
    expect(files[1]!.chunks.length).toBeGreaterThan(1);
    const wasmBytes = 14_239_897;
    const total = files.reduce((bytes, file) => bytes + file.bytes, wasmBytes);
    expect(progress.length).toBeGreaterThan(4);
    progress.forEach((event, index) => {
      expect(event.total).toBe(total);
      expect(event.completed).toBeGreaterThan(progress[index - 1]?.completed ?? -1);
    });
    expect(progress.at(-1)?.completed).toBe(total);
  });

  it("does not fetch the build for WebGPU when WASM will run", async () => {
    const since = lab.server.requests.length;
    await load(await lab.page(), { executionProviders: ["wasm"] });
    const requests = lab.server.requests.slice(since);
    expect(requests).toContain(WASM);
    expect(requests.filter((path) => /webgpu|asyncify/.test(path))).toEqual([]);
  });
});

describe("a server that fails", () => {
  it("is named with its status and address", async () => {
    lab.server.setFault(MANIFEST, { status: 404 });
    expect((await load(await lab.page())).failure).toMatchObject({
      name: "FleuronError",
      code: "http-status",
      subject: lab.server.url + MANIFEST,
      message: expect.stringContaining("answered 404"),
    });
  });

  it("is asked again after status 500", async () => {
    const since = lab.server.requests.length;
    lab.server.setFault(WEIGHTS, { status: 500, times: 2 });
    expect((await load(await lab.page())).labels).toBe(5);
    expect(requestsFor(WEIGHTS, since)).toHaveLength(3);
  });

  it("is given up after four answers of status 500", async () => {
    const since = lab.server.requests.length;
    lab.server.setFault(MODEL, { status: 500 });
    expect((await load(await lab.page())).failure).toMatchObject({ code: "http-status" });
    expect(requestsFor(MODEL, since)).toHaveLength(4);
  });

  it.each([MANIFEST, MODEL, WASM] as const)(
    "and sends a web page for %s is distinguished from a model",
    async (path) => {
      lab.server.setFault(path, {
        contents: "<!doctype html>",
        headers: { "Content-Type": "text/html; charset=utf-8" },
      });
      expect((await load(await lab.page())).failure).toMatchObject({
        code: "html-instead",
        subject: lab.server.url + path,
      });
    },
  );

  it("and lets browsers keep its manifest is asked for it again all the same", async () => {
    lab.server.setFault(MANIFEST, { headers: { "Cache-Control": "max-age=3600" } });
    const page = await lab.page();
    await page.evaluate(async () => (await fetch("/bundle/fleuron.json")).text());
    const since = lab.server.requests.length;
    expect((await load(page)).labels).toBe(5);
    expect(requestsFor(MANIFEST, since)).toHaveLength(1);
  });

  it("and sends something else as a manifest is answered with what a manifest is", async () => {
    lab.server.setFault(MANIFEST, { contents: '{"formatVersion": 1}' });
    expect((await load(await lab.page())).failure).toMatchObject({ code: "manifest-invalid" });
  });
});

describe("a connection that breaks", () => {
  it("is taken up again", async () => {
    const since = lab.server.requests.length;
    lab.server.setFault(WEIGHTS, { cutAfter: CHUNK_BYTES + 1000, times: 1 });
    const { labels, progress } = await load(await lab.page());
    expect(labels).toBe(5);
    expect(requestsFor(WEIGHTS, since)).toHaveLength(2);
    expect(progress.at(-1)?.completed).toBe(progress.at(-1)?.total);
  });

  it("is taken up again from a server that knows no ranges", async () => {
    lab.server.setFault(WEIGHTS, { cutAfter: CHUNK_BYTES + 1000, ignoreRange: true, times: 2 });
    expect((await load(await lab.page())).labels).toBe(5);
  });

  // A browser may throw away what it has not handed over yet when a connection is cut, but not when one stands still.
  it("is taken up again after the last whole chunk when no byte comes any more", async () => {
    const since = lab.server.requests.length;
    lab.server.setFault(WEIGHTS, { stallAfter: CHUNK_BYTES + 1000, times: 1 });
    expect((await load(await lab.page(), { stallTimeout: 5000 })).labels).toBe(5);
    expect(requestsFor(WEIGHTS, since)).toEqual([undefined, `bytes=${CHUNK_BYTES}-`]);
  });

  it("is given up in the end, with the address", async () => {
    lab.server.setFault(WEIGHTS, { cutAfter: 10 });
    expect((await load(await lab.page())).failure).toMatchObject({
      code: "network-failed",
      subject: lab.server.url + WEIGHTS,
    });
  });
});

describe("bytes that are not those of the manifest", () => {
  const flipped = () => {
    const bytes = Uint8Array.from(lab.bundle.files["/model.onnx.data"]!);
    bytes[CHUNK_BYTES + 7]! ^= 1;
    return bytes;
  };

  it("are fetched again, once and only their chunk on", async () => {
    const since = lab.server.requests.length;
    lab.server.setFault(WEIGHTS, { contents: flipped(), times: 1 });
    expect((await load(await lab.page())).labels).toBe(5);
    expect(requestsFor(WEIGHTS, since)).toEqual([undefined, `bytes=${CHUNK_BYTES}-`]);
  });

  it("are refused", async () => {
    lab.server.setFault(WEIGHTS, { contents: flipped() });
    expect((await load(await lab.page())).failure).toMatchObject({
      code: "integrity-mismatch",
      subject: lab.server.url + WEIGHTS,
      message: expect.stringContaining(String(CHUNK_BYTES)),
    });
  });

  it("are refused when the file is shorter, and asked for once more", async () => {
    const since = lab.server.requests.length;
    lab.server.setFault(MODEL, { contents: lab.bundle.files["/model.onnx"]!.subarray(0, 100) });
    expect((await load(await lab.page())).failure).toMatchObject({
      code: "integrity-mismatch",
      subject: lab.server.url + MODEL,
      message: expect.stringContaining("ends after 100 of "),
    });
    expect(requestsFor(MODEL, since)).toHaveLength(2);
  });

  it("are refused when the file ends where the rest of it should begin", async () => {
    const since = lab.server.requests.length;
    const contents = lab.bundle.files["/model.onnx.data"]!;
    lab.server.setFault(WEIGHTS, { contents, stallAfter: CHUNK_BYTES + 1000 });
    const loading = load(await lab.page(), { stallTimeout: 5000 });
    await expect.poll(() => requestsFor(WEIGHTS, since), { timeout: 60_000 }).toHaveLength(1);
    lab.server.setFault(WEIGHTS, { contents: contents.subarray(0, CHUNK_BYTES) });
    expect((await loading).failure).toMatchObject({
      code: "integrity-mismatch",
      message: expect.stringContaining(`ends after ${CHUNK_BYTES} of ${contents.length} bytes`),
    });
    expect(requestsFor(WEIGHTS, since).slice(1)).toEqual(Array(2).fill(`bytes=${CHUNK_BYTES}-`));
  });
});

describe("an option", () => {
  it.each([
    [{ executionProviders: ["cuda" as "wasm"] }, "executionProviders"],
    [{ executionProviders: [] }, "executionProviders"],
    [{ executionProviders: "wasm" as "auto" }, "executionProviders"],
    [{ precision: "float64" as "float32" }, "precision"],
    [{ threads: 0 }, "threads"],
    [{ stallTimeout: -1 }, "stallTimeout"],
    [{ stepTimeout: 1.5 }, "stepTimeout"],
  ])("is refused by its name: %j", async (options, subject) => {
    expect((await load(await lab.page(), options)).failure).toMatchObject({
      code: "option-invalid",
      subject,
    });
  });

  it("is refused with the number that it is", async () => {
    expect((await load(await lab.page(), { threads: Infinity })).failure).toMatchObject({
      message: "'threads' must be a positive whole number, but is Infinity.",
    });
  });

  it.each([2 ** 31, 2 ** 40, Infinity])("of a time may be longer than timers take: %d", async (time) => {
    const { failure, labels } = await load(await lab.page(), { stallTimeout: time, stepTimeout: time });
    expect(failure).toBeUndefined();
    expect(labels).toBe(5);
  });

  it("names a precision that the bundle lacks, and those that it has", async () => {
    expect((await load(await lab.page(), { precision: "int4" })).failure).toMatchObject({
      code: "model-missing",
      message: expect.stringContaining("it has float32"),
    });
  });

  it("names the folder in which there is no worker", async () => {
    expect((await load(await lab.page(), { workerBaseUrl: "/elsewhere" })).failure).toMatchObject({
      code: "worker-failed",
      subject: `${lab.server.url}/elsewhere/fleuron-wasm.js`,
    });
  });
});
