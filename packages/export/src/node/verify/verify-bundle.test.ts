import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { MANIFEST_FILE } from "@fleuron/model";
import { loadClassifier } from "@fleuron/runtime-node";
import { drawFlower, encodeJpeg, follow, importSource } from "@fleuron/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TrainedPrediction } from "../../../dist/node/index.js";
import { type VerifyBundleOptions, verifyBundle, writeBundle } from "../../../dist/node/index.js";
import { importedModel, smallModel, temporaryFolder, training } from "../../fixtures/temporary-bundle.js";

let lab: Awaited<ReturnType<typeof temporaryFolder>>;
let bundle: string;
let photos: { path: string; label: number }[];
/** As the trainer would say it. */
let trained: readonly TrainedPrediction[];

beforeAll(async () => {
  lab = await temporaryFolder();
  bundle = lab.path("bundle");
  const options = { format: "all", precisions: ["float32", "int8", "int4"], folder: bundle } as const;
  await follow(writeBundle({ model: smallModel(), training, ...options }));
  photos = [];
  for (let index = 0; index < 30; index++) {
    const path = lab.path(`${index}.jpg`);
    const flower = drawFlower({ label: index % 3, seed: index, width: 90, height: 80 });
    await writeFile(path, await encodeJpeg(flower));
    photos.push({ path, label: index % 3 });
  }
  trained = await predictionsOf(bundle);
});
afterAll(() => lab[Symbol.asyncDispose]());

async function predictionsOf(folder: string): Promise<readonly TrainedPrediction[]> {
  await using classifier = await loadClassifier(folder);
  const classified = await classifier.classify(photos.map(({ path }) => path));
  return classified.map(({ predictions }, index) => ({ photo: photos[index]!.path, predictions }));
}

const verify = (options: Partial<VerifyBundleOptions> = {}) =>
  follow(verifyBundle({ bundle, photos, trained, ...options }));

describe("models of the weights that were trained", () => {
  it("pass where the network was imported, and wants a border and blue first", async () => {
    const folder = lab.path("imported");
    const options = { model: importedModel(), source: importSource, format: "all", folder } as const;
    await follow(writeBundle(options));
    const { result } = await verify({ bundle: folder, trained: await predictionsOf(folder) });
    expect(result).toMatchObject({ photos: 30, passed: true });
    for (const { maxDifference } of result.checks) expect(maxDifference).toBeLessThan(1e-5);
  });

  it("pass where they lie compressed beside, and not where a compressed form is something else", async () => {
    const folder = lab.path("compact");
    const options = { model: smallModel(), training, precisions: ["compact"], folder } as const;
    const { result } = await follow(writeBundle(options));
    expect(result.manifest.formatVersion).toBe(3);
    const [file] = result.manifest.models[0]!.files;
    expect(file!.compressed?.map(({ coding, path }) => [coding, path])).toEqual([
      ["br", "model.compact.onnx.br"],
      ["gzip", "model.compact.onnx.gz"],
    ]);
    expect((await verify({ bundle: folder })).result.checks).toMatchObject([{ precision: "compact" }]);
    const [, gzip] = file!.compressed!;
    const other = gzipSync("something else");
    await writeFile(join(folder, gzip!.path), other);
    const manifest = JSON.parse(await readFile(join(folder, MANIFEST_FILE), "utf8"));
    const sha256 = createHash("sha256").update(other).digest("hex");
    Object.assign(manifest.models[0].files[0].compressed[1], { bytes: other.length, chunks: [sha256] });
    await writeFile(join(folder, MANIFEST_FILE), JSON.stringify(manifest));
    await expect(verify({ bundle: folder })).rejects.toMatchObject({
      code: "compressed-differs",
      subject: "model.compact.onnx.gz",
    });
  });

  it("pass, in every format and at every precision, and what rounding costs is reported", async () => {
    const { result, events } = await verify();
    expect(result).toMatchObject({ bundle, reference: "trainer", photos: 30, passed: true });
    expect(result.largestClass?.share).toBe(1 / 3);
    expect(result.checks.map(({ format, precision, runner }) => [format, precision, runner])).toEqual([
      ["onnx", "float32", "onnxruntime-node"],
      ["onnx", "int8", "onnxruntime-node"],
      ["onnx", "int4", "onnxruntime-node"],
      ["tfjs-graph", "float32", "tfjs-wasm"],
      ["tfjs-graph", "int8", "tfjs-wasm"],
    ]);
    for (const check of result.checks) {
      expect(check).toMatchObject({ photos: 30, passed: true, referenceAccuracy: result.accuracy });
      expect(check.bytes).toBeGreaterThan(1000);
      expect(check.latency).toBeGreaterThan(0);
      if (check.precision === "float32") {
        expect(check.maxDifference).toBeLessThan(1e-5);
        expect(check).toMatchObject({ top1Agreement: 1, accuracy: result.accuracy });
      } else {
        expect(check.maxDifference).toBeGreaterThan(1e-5);
        expect(check.maxDifference).toBeLessThan(0.5);
      }
    }
    const done = events.filter((event) => event.type === "progress" && event.completed === event.total);
    expect(done.map((event) => "task" in event && event.task)).toEqual([
      "decoding photos",
      "onnx float32 on onnxruntime-node",
      "onnx int8 on onnxruntime-node",
      "onnx int4 on onnxruntime-node",
      "tfjs-graph float32 on tfjs-wasm",
      "tfjs-graph int8 on tfjs-wasm",
    ]);
  });

  it("are compared with the float32 ONNX model where the run is gone", async () => {
    const { result } = await verify({ trained: undefined });
    expect(result).toMatchObject({ reference: "onnx float32 on onnxruntime-node", passed: true });
    // Not with itself: that would always agree.
    expect(result.checks.map(({ format, precision }) => `${format} ${precision}`)).toEqual([
      "onnx int8",
      "onnx int4",
      "tfjs-graph float32",
      "tfjs-graph int8",
    ]);
    expect(result.checks[2]).toMatchObject({ top1Agreement: 1, passed: true });
    expect(result.checks[2]!.maxDifference).toBeLessThan(1e-5);
  });

  it("may be some of them", async () => {
    const { result } = await verify({ models: [{ format: "onnx", precision: "int8" }] });
    expect(result.checks.map(({ precision }) => precision)).toEqual(["int8"]);
  });

  it("have no accuracy where a photo's class is not known", async () => {
    const unlabelled = photos.map(({ path }, index) => (index === 5 ? { path } : photos[index]!));
    const { result } = await verify({
      photos: unlabelled,
      models: [{ format: "onnx", precision: "float32" }],
    });
    expect(result.accuracy).toBeNull();
    expect(result.largestClass).toBeNull();
    expect(result.checks[0]!.accuracy).toBeNull();
  });
});

describe("models of other weights", () => {
  it("do not pass in float32, and every precision tells how far it is off", async () => {
    const other = lab.path("other");
    const options = { precisions: ["float32", "int8"], folder: other } as const;
    await follow(writeBundle({ model: smallModel(2), training, ...options }));
    const { result } = await verify({ bundle: other });
    expect(result.passed).toBe(false);
    expect(result.checks.map(({ passed }) => passed)).toEqual([false, true]);
    for (const { maxDifference } of result.checks) expect(maxDifference).toBeGreaterThan(0.01);
  });

  it("do not pass when one photo of thirty is named otherwise", async () => {
    const swapped = trained.map((prediction, index) => {
      if (index !== 7) return prediction;
      const [first, second, ...rest] = prediction.predictions;
      return {
        ...prediction,
        predictions: [
          { label: first!.label, probability: second!.probability },
          { label: second!.label, probability: first!.probability },
          ...rest,
        ],
      };
    });
    const { result } = await verify({ trained: swapped, models: [{ format: "onnx", precision: "float32" }] });
    expect(result.checks[0]).toMatchObject({ top1Agreement: 29 / 30, passed: false });
  });
});

describe("photos", () => {
  it("that cannot be read, or that the trainer has left out, are left out", async () => {
    const broken = lab.path("broken.jpg");
    await writeFile(broken, "no photo");
    const { result, events } = await verify({
      photos: [...photos, { path: broken, label: 0 }],
      trained: undefined,
    });
    expect(result.photos).toBe(30);
    expect(events).toContainEqual({
      type: "warning",
      code: "photos-unreadable",
      message: expect.stringContaining("broken.jpg"),
    });
    expect((await verify({ trained: trained.slice(0, 3) })).result.photos).toBe(3);
  });

  it("have to be some", async () => {
    await expect(verify({ photos: [] })).rejects.toMatchObject({ code: "no-photos" });
  });
});

it("says that a file is damaged before it compares anything", async () => {
  const damaged = lab.path("damaged");
  await follow(writeBundle({ model: smallModel(), training, folder: damaged }));
  const file = lab.path("damaged", "model.onnx");
  const bytes = await readFile(file);
  bytes[5000]! ^= 1;
  await writeFile(file, bytes);
  await expect(verify({ bundle: damaged })).rejects.toMatchObject({ code: "bundle-damaged", subject: file });
});

describe("a graph model of TensorFlow.js that is not as the manifest says", () => {
  let folder: string;
  let manifest: { labels: string[]; models: { output: object; input: object; files: object[] }[] };
  beforeEach(async () => {
    folder = lab.path("graph");
    const options = { format: "tfjs-graph", folder, force: true } as const;
    await follow(writeBundle({ model: smallModel(), training, ...options }));
    manifest = JSON.parse(await readFile(lab.path("graph", "fleuron.json"), "utf8"));
  });
  const verifyChanged = async () => {
    await writeFile(lab.path("graph", "fleuron.json"), JSON.stringify(manifest));
    return verify({ bundle: folder });
  };

  it("is refused for weights that are not listed, before they are read", async () => {
    manifest.models[0]!.files.pop();
    await expect(verifyChanged()).rejects.toMatchObject({
      code: "bundle-damaged",
      subject: lab.path("graph", "tfjs-graph", "group1-shard1of1.bin"),
    });
  });

  it.each([
    [
      "input",
      { name: "picture", layout: "NHWC", shape: ["batch", 67, 67, 3] },
      "no input 'picture', only 'image'",
    ],
    ["output", { name: "logits" }, "no output 'logits', only 'probabilities'"],
  ] as const)("is refused for an %s of another name", async (key, value, message) => {
    manifest.models[0]![key] = value;
    await expect(verifyChanged()).rejects.toMatchObject({
      code: "manifest-invalid",
      subject: lab.path("graph", "tfjs-graph", "model.json"),
      message: expect.stringContaining(message),
    });
  });

  it("is refused for another number of labels", async () => {
    manifest.labels.push("dahlia");
    await expect(verifyChanged()).rejects.toMatchObject({
      code: "model-unusable",
      message: expect.stringContaining("gave 3 numbers instead of 1 × 4"),
    });
  });
});

it("needs a reference", async () => {
  const folder = lab.path("int8-only");
  await follow(writeBundle({ model: smallModel(), training, folder, precisions: ["int8"] }));
  await expect(verify({ bundle: folder, trained: undefined })).rejects.toMatchObject({
    code: "no-reference",
    hint: expect.stringContaining("`run`"),
  });
});

it("claims nothing of a model that there is nothing to compare with", async () => {
  const folder = lab.path("alone");
  await follow(writeBundle({ model: smallModel(), training, folder }));
  await expect(verify({ bundle: folder, trained: undefined })).rejects.toMatchObject({
    code: "no-reference",
    hint: expect.stringContaining("`run`"),
  });
});

it("names the file that a bundle was imported from, and prepares no photos before", async () => {
  const folder = lab.path("imported-alone");
  const options = { model: importedModel(), source: importSource, folder } as const;
  await follow(writeBundle(options));
  const seen: object[] = [];
  const work = follow(verifyBundle({ bundle: folder, photos }), (event) => seen.push(event));
  await expect(work).rejects.toMatchObject({
    code: "no-reference",
    hint: expect.stringMatching(`${importSource.file}, with \`source\``),
  });
  expect(seen).toEqual([]);
});

it("rejects with the signal's reason", async () => {
  const controller = new AbortController();
  const work = follow(verifyBundle({ bundle, photos, trained, signal: controller.signal }), (event) => {
    if (event.type === "progress" && event.task.startsWith("onnx int8"))
      controller.abort(new Error("enough"));
  });
  await expect(work).rejects.toThrow("enough");
});
