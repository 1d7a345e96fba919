// Threads are started from the built package: what is tested here is dist.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { alexnet, CHUNK_BYTES, MANIFEST_FILE, modelBytes, mosaicInput, parseManifest } from "@fleuron/model";
import { checkFiles, openBundle, openOnnxModel } from "@fleuron/runtime-node";
import { follow, importedPreprocessing, importSource } from "@fleuron/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { onnxFormat } from "../../../dist/formats/onnx/index.js";
import { type WriteBundleOptions, weightsHash, writeBundle } from "../../../dist/node/index.js";
import { madeUpModel } from "../../fixtures/made-up-model.js";
import { contentOf } from "../../fixtures/run-onnx.js";
import {
  filesIn,
  importedModel,
  smallModel,
  snapshotOf,
  temporaryFolder,
  training,
} from "../../fixtures/temporary-bundle.js";

const model = smallModel();
let lab: Awaited<ReturnType<typeof temporaryFolder>>;
let folder: string;

beforeEach(async () => {
  lab = await temporaryFolder();
  folder = lab.path("bundle");
});
afterEach(() => lab[Symbol.asyncDispose]());

const write = (
  options: Partial<Omit<WriteBundleOptions, "training" | "source">> = {},
  see?: (event: object) => void,
) => follow(writeBundle({ model, training, folder, ...options }), see);

it.each([
  [{ format: "onxx" }, "The option 'format' must be one of onnx, tfjs-graph, all, but is 'onxx'."],
  [
    { precisions: "int8" },
    "The option 'precisions' must be a list of float32, float16, int8, int4, compact, but is 'int8'.",
  ],
  [{ later: 1 }, "There is no option 'later'."],
])("refuses %j before anything is written", async (options, message) => {
  await expect(write(options as object)).rejects.toMatchObject({ kind: "usage", message });
  expect(await filesIn(lab.path())).toEqual([]);
});

describe("a new bundle", () => {
  it("holds what the format encodes, and a manifest that describes it", async () => {
    const { result } = await write();
    const [file] = (await onnxFormat.encode(model, "float32")).files;
    const bytes = contentOf(file!);
    expect(await filesIn(folder)).toEqual([MANIFEST_FILE, "model.onnx"]);
    expect(Buffer.compare(await readFile(`${folder}/model.onnx`), bytes)).toBe(0);
    const manifest = parseManifest(await readFile(`${folder}/${MANIFEST_FILE}`, "utf8"), "");
    expect(result.manifest).toEqual(manifest);
    expect(manifest).toMatchObject({
      labels: ["aster", "bluebell", "crocus"],
      preprocessing: model.preprocessing,
      output: { kind: "probabilities", temperature: 1 },
      training,
      models: [
        {
          format: "onnx",
          precision: "float32",
          input: { name: "image", layout: "NCHW", shape: ["batch", 3, 67, 67] },
          files: [{ path: "model.onnx", bytes: bytes.length }],
        },
      ],
    });
    expect(await filesIn(lab.path())).toEqual(["bundle", `bundle/${MANIFEST_FILE}`, "bundle/model.onnx"]);
  });

  it("takes a hash of the weights that is known", async () => {
    const knownHash = await weightsHash(smallModel(3));
    const { result } = await write({ knownHash });
    expect(result.manifest.training?.weights).toBe(knownHash);
    expect(knownHash).not.toBe(await weightsHash(model));
  });

  it("of an imported network has the file that it comes from, and inputs of both sides", async () => {
    const options = { model: importedModel(), source: importSource, format: "all" } as const;
    const { result } = await follow(writeBundle({ ...options, folder }));
    const { manifest } = await openBundle(folder);
    expect(manifest).toEqual(result.manifest);
    expect(manifest).toMatchObject({
      preprocessing: importedPreprocessing,
      source: { ...importSource, weights: await weightsHash(options.model) },
      models: [
        { format: "onnx", input: { shape: ["batch", 3, 31, 27] } },
        { format: "tfjs-graph", input: { shape: ["batch", 31, 27, 3] } },
      ],
    });
    expect(manifest).not.toHaveProperty("training");
    const { result: more } = await follow(writeBundle({ ...options, folder, precisions: ["int8"] }));
    expect(more.manifest.models).toHaveLength(4);
    const others = { ...options.model, weights: importedModel(2).weights };
    await expect(follow(writeBundle({ ...options, model: others, folder }))).rejects.toMatchObject({
      message: expect.stringContaining("holds a bundle of other weights"),
    });
  });

  it("says what each ONNX model gives for a picture, which needs version 3", async () => {
    const { result } = await write({ format: "all", precisions: ["float32", "int8"] });
    expect(result.manifest.formatVersion).toBe(3);
    for (const each of result.manifest.models) {
      if (each.format !== "onnx") {
        expect(each).not.toHaveProperty("sample");
        continue;
      }
      const { seed, predictions } = each.sample!;
      await using opened = await openOnnxModel({ folder, manifest: result.manifest }, each);
      const probabilities = await opened.run(mosaicInput(seed, model.preprocessing));
      for (const { label, probability } of predictions)
        expect(probabilities[model.labels.indexOf(label)]).toBeCloseTo(probability, 6);
    }
  });

  it("of a network that was trained here has version 1 without ONNX, for older readers", async () => {
    const { result } = await write({ format: "tfjs-graph" });
    expect(result.manifest.formatVersion).toBe(1);
  });

  it("has a SHA-256 for each 4 MiB, also where a part ends in between", async () => {
    const larger = madeUpModel(alexnet({ classes: 3, width: 0.4, imageSize: 67 }));
    const { result } = await write({ model: larger, format: "all" });
    const files = result.manifest.models.flatMap(({ files }) => files);
    expect(files.some(({ chunks }) => chunks.length > 1)).toBe(true);
    for (const { path, bytes, chunks } of files) {
      const content = await readFile(`${folder}/${path}`);
      expect(content.length).toBe(bytes);
      expect(chunks).toEqual(
        Array.from({ length: Math.ceil(bytes / CHUNK_BYTES) }, (_, index) =>
          createHash("sha256")
            .update(content.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES))
            .digest("hex"),
        ),
      );
    }
  });

  it("keeps a larger model's weights in its file when it is asked to", async () => {
    const model = madeUpModel(alexnet({ classes: 3, width: 0.4, imageSize: 67 }));
    const precisions = ["float32", "int8"] as const;
    await write({ model, precisions });
    const { result } = await write({ model, precisions, singleFile: true });
    const paths = result.manifest.models.map(({ files }) => files.map(({ path }) => path));
    expect(paths).toEqual([["model.onnx"], ["model.int8.onnx"]]);
    expect((await readdir(folder)).sort()).toEqual([MANIFEST_FILE, "model.int8.onnx", "model.onnx"]);
  });

  it("has a model of bytes in the place of the one of images, and version 3, until it is written as before", async () => {
    await write({ precisions: ["float32", "int8"] });
    const before = await snapshotOf(folder);
    const { result } = await write({ input: "bytes" });
    expect(result.manifest).toMatchObject({
      formatVersion: 3,
      models: [
        {
          precision: "float32",
          input: { name: "pixels", layout: "NHWC", shape: ["batch", 67, 67, 3], type: "uint8" },
        },
        { precision: "int8", input: { name: "image" } },
      ],
    });
    expect((await readdir(folder)).sort()).toEqual([MANIFEST_FILE, "model.bytes.onnx", "model.int8.onnx"]);
    await write();
    expect(await snapshotOf(folder)).toEqual(before);
  });

  it("of TensorFlow.js takes no bytes, and is no single file", async () => {
    await expect(write({ format: "tfjs-graph", input: "bytes" })).rejects.toMatchObject({
      code: "input-unsupported",
      subject: "input",
    });
    await expect(write({ format: "tfjs-graph", singleFile: true })).rejects.toMatchObject({
      code: "option-invalid",
      subject: "singleFile",
    });
    expect(await filesIn(lab.path())).toEqual([]);
  });

  it("is the same for the same weights", async () => {
    await write();
    const first = await snapshotOf(folder);
    folder = lab.path("again");
    await write();
    expect(await snapshotOf(folder)).toEqual(first);
  });

  it("tells how far it is in bytes of all models", async () => {
    const { events, result } = await write({ precisions: ["float32", "int8"] });
    const total = result.written.reduce((sum, model) => sum + modelBytes(model), 0);
    expect(events[0]).toMatchObject({ type: "progress", task: "writing", completed: 0, unit: "bytes" });
    expect(events.at(-1)).toEqual({
      type: "progress",
      task: "writing",
      completed: total,
      total,
      unit: "bytes",
    });
    const completed = events.map((event) => ("completed" in event ? event.completed : -1));
    expect(completed).toEqual(completed.toSorted((a, b) => a - b));
  });

  it("takes the place of an empty folder", async () => {
    await mkdir(folder);
    await write();
    expect(await filesIn(folder)).toContain("model.onnx");
  });
});

describe("a model that contradicts itself", () => {
  const { labels, preprocessing, weights } = model;
  const huge = new Map([...weights].map(([name, values]) => [name, values.map((value) => value * 1e30)]));
  const kernel = [...weights.keys()][0]!;
  const withNan = new Map([...weights, [kernel, weights.get(kernel)!.with(3, Number.NaN)]]);

  it.each<[string, Partial<typeof model>, object]>([
    [
      "labels",
      { labels: labels.slice(1) },
      {
        code: "model-invalid",
        message: expect.stringContaining("distinguishes 3 classes, and there are 2 labels"),
      },
    ],
    [
      "photos of another size",
      { preprocessing: { ...preprocessing, size: 64 } },
      { code: "model-invalid", message: expect.stringContaining("takes 3 × 67 × 67") },
    ],
    [
      "a label twice",
      { labels: ["a", "b", "a"] },
      { code: "manifest-invalid", message: expect.stringContaining("a label occurs twice") },
    ],
    ["weights that are not numbers", { weights: withNan }, { code: "weights-invalid", subject: kernel }],
    [
      "weights that give no numbers",
      { weights: huge },
      {
        code: "model-invalid",
        message:
          "The model cannot be exported: model.onnx gave values that are not probabilities: NaN, NaN, NaN.",
      },
    ],
  ])("is not written, nor a bundle of it changed: %s", async (_, change, error) => {
    await write();
    const before = await snapshotOf(lab.path());
    await expect(write({ model: { ...model, ...change }, force: true })).rejects.toMatchObject(error);
    expect(await snapshotOf(lab.path())).toEqual(before);
  });
});

describe("precisions", () => {
  it("that a format lacks are left out of 'all', with a warning", async () => {
    const { events, result } = await write({ format: "all", precisions: ["float32", "int4"] });
    expect(events[0]).toMatchObject({
      type: "warning",
      code: "precision-skipped",
      message: expect.stringContaining("tfjs-graph has no int4"),
    });
    expect(result.written.map(({ format, precision }) => `${format} ${precision}`)).toEqual([
      "onnx float32",
      "onnx int4",
      "tfjs-graph float32",
    ]);
  });

  it("that a format lacks are an error where the format is named", async () => {
    await expect(write({ format: "tfjs-graph", precisions: ["int4"] })).rejects.toMatchObject({
      code: "precision-unsupported",
      message: "The format tfjs-graph has no storage precision int4.",
    });
    expect(await filesIn(lab.path())).toEqual([]);
  });
});

describe("a bundle that is there", () => {
  it("grows by models of the same weights, in a fixed order, and what it had stays whole", async () => {
    await write({ precisions: ["int8"] });
    await write({ format: "tfjs-graph" });
    const { result } = await write();
    expect(result.written).toHaveLength(1);
    expect(result.manifest.models.map(({ format, precision }) => `${format} ${precision}`)).toEqual([
      "onnx float32",
      "onnx int8",
      "tfjs-graph float32",
    ]);
    const { manifest } = await openBundle(folder);
    for (const each of manifest.models) await checkFiles(folder, each);
  });

  it("gets a model anew that it had", async () => {
    await write();
    const before = await snapshotOf(folder);
    await writeFile(`${folder}/model.onnx`, "damaged");
    await write();
    expect(await snapshotOf(folder)).toEqual(before);
  });

  it("loses files that its manifest no longer names", async () => {
    await write();
    const manifest = JSON.parse(await readFile(`${folder}/${MANIFEST_FILE}`, "utf8"));
    const [file] = manifest.models[0].files;
    manifest.models[0].files.push({ ...file, path: "old/model.onnx.data" });
    await writeFile(`${folder}/${MANIFEST_FILE}`, JSON.stringify(manifest));
    await mkdir(`${folder}/old`);
    await writeFile(`${folder}/old/model.onnx.data`, "");
    await write();
    expect((await filesIn(folder)).includes("old/model.onnx.data")).toBe(false);
  });

  it("of other weights is refused, and replaced whole by force", async () => {
    await write({ model: smallModel(2), precisions: ["float32", "int8"] });
    const before = await snapshotOf(folder);
    await expect(write()).rejects.toMatchObject({
      code: "bundle-folder-taken",
      message: `${folder} holds a bundle of other weights.`,
      hint: expect.stringContaining("`force`"),
    });
    expect(await snapshotOf(folder)).toEqual(before);
    await write({ force: true });
    expect(await filesIn(folder)).toEqual([MANIFEST_FILE, "model.onnx"]);
    expect(await filesIn(lab.path())).toEqual(["bundle", `bundle/${MANIFEST_FILE}`, "bundle/model.onnx"]);
  });

  it.each([
    ["labels", { labels: ["a", "b", "c"] }, "with other labels"],
    ["temperature", { temperature: 2 }, "with another temperature"],
    ["preprocessing", { preprocessing: { ...model.preprocessing, scale: 1 } }, "with another preprocessing"],
  ])("with other %s is refused", async (_, change, message) => {
    await write({ model: { ...model, ...change } });
    await expect(write()).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });

  it("of a newer version, or damaged, is refused", async () => {
    await write();
    const file = `${folder}/${MANIFEST_FILE}`;
    await writeFile(file, JSON.stringify({ formatVersion: 99 }));
    await expect(write()).rejects.toMatchObject({ message: expect.stringContaining("newer version") });
    await writeFile(file, "{");
    await expect(write()).rejects.toMatchObject({ message: expect.stringContaining("damaged") });
  });
});
