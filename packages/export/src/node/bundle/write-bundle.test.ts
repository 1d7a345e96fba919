// Threads are started from the built package: what is tested here is dist.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { alexnet, CHUNK_BYTES, MANIFEST_FILE, modelBytes, parseManifest } from "@fleuron/model";
import { checkFiles, openBundle } from "@fleuron/runtime-node";
import { follow } from "@fleuron/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type WriteBundleOptions, writeBundle } from "../../../dist/node/index.js";
import { madeUpModel } from "../../fixtures/made-up-model.js";
import { contentOf } from "../../fixtures/run-onnx.js";
import { smallModel, temporaryFolder, training } from "../../fixtures/temporary-bundle.js";
import { onnxFormat } from "../../formats/onnx/index.js";

const model = smallModel();
let lab: Awaited<ReturnType<typeof temporaryFolder>>;
let folder: string;

beforeEach(async () => {
  lab = await temporaryFolder();
  folder = lab.path("bundle");
});
afterEach(() => lab[Symbol.asyncDispose]());

const write = (options: Partial<WriteBundleOptions> = {}, see?: (event: object) => void) =>
  follow(writeBundle({ model, training, folder, ...options }), see);
const filesIn = async (path: string) => (await readdir(path, { recursive: true })).sort();
const snapshot = async () =>
  Promise.all(
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => [name, await readFile(`${parentPath}/${name}`, "base64")]),
  );

describe("a new bundle", () => {
  it("holds what the format encodes, and a manifest that describes it", async () => {
    const { result } = await write();
    const [file] = (await onnxFormat.encode(model, "float32")).files;
    const bytes = contentOf(file);
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

  it("is the same for the same weights", async () => {
    await write();
    const first = await snapshot();
    folder = lab.path("again");
    await write();
    expect(await snapshot()).toEqual(first);
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
      message: "The format tfjs-graph has no precision int4.",
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
    const before = await snapshot();
    await writeFile(`${folder}/model.onnx`, "damaged");
    await write();
    expect(await snapshot()).toEqual(before);
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
    const before = await snapshot();
    await expect(write()).rejects.toMatchObject({
      code: "bundle-folder-taken",
      message: `${folder} holds a bundle of other weights.`,
      hint: expect.stringContaining("--force"),
    });
    expect(await snapshot()).toEqual(before);
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

describe("a folder that is no bundle", () => {
  it("is refused, and named for what is in it", async () => {
    await mkdir(folder);
    await writeFile(`${folder}/notes.txt`, "");
    await expect(write()).rejects.toMatchObject({
      code: "bundle-folder-taken",
      message: `${folder} has something in it that is no bundle.`,
    });
    await write({ folder: lab.path("other") });
    await writeFile(lab.path("other", "notes.txt"), "");
    await expect(write({ folder: lab.path("other") })).rejects.toMatchObject({
      message: expect.stringContaining("holds notes.txt"),
    });
    await expect(write({ folder: `${folder}/notes.txt` })).rejects.toMatchObject({
      message: expect.stringContaining("is a file"),
    });
  });

  it("may have hidden files of the system's", async () => {
    await mkdir(folder);
    await writeFile(`${folder}/.DS_Store`, "");
    await write();
    expect(await filesIn(folder)).toContain("model.onnx");
  });

  it("is not replaced, even by force, where more would go with it", async () => {
    await mkdir(lab.path("bundle", "run"), { recursive: true });
    await writeFile(lab.path("bundle", "run", "run.json"), "{}");
    await expect(write({ force: true, keep: [lab.path("bundle", "run")] })).rejects.toMatchObject({
      code: "bundle-folder-protected",
    });
    await expect(write({ force: true, folder: process.cwd() })).rejects.toMatchObject({
      code: "bundle-folder-protected",
    });
    expect(await filesIn(folder)).toEqual(["run", "run/run.json"]);
  });
});

describe("when writing fails, the old bundle stays and nothing else does", () => {
  const untouched = async (work: () => Promise<unknown>, error: object) => {
    await write();
    const before = await snapshot();
    await expect(work()).rejects.toMatchObject(error);
    expect(await snapshot()).toEqual(before);
    expect(await readdir(lab.path())).toEqual(["bundle"]);
  };

  it("on weights that are no numbers", async () => {
    const weights = new Map(model.weights);
    weights.set("conv2/bias", new Float32Array(weights.get("conv2/bias")!.length).fill(Number.NaN));
    await untouched(() => write({ model: { ...model, weights }, force: true }), {
      code: "weights-invalid",
      subject: "conv2/bias",
    });
  });

  it("on weights that are missing", async () => {
    const weights = new Map(model.weights);
    weights.delete("dense3/kernel");
    await untouched(() => write({ model: { ...model, weights } }), { subject: "dense3/kernel" });
  });

  it("when it is aborted after its first bytes", async () => {
    const controller = new AbortController();
    const abort = (event: object) => {
      if ("completed" in event && event.completed !== 0) controller.abort(new Error("enough"));
    };
    const options = { format: "all", precisions: ["float32", "int8"], signal: controller.signal } as const;
    await untouched(() => write(options, abort), { message: "enough" });
  });

  it("on a full disk", async (context) => {
    await mkdir(lab.path("disk"));
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=600k", "tmpfs", lab.path("disk")], {
        stdio: "ignore",
      });
    } catch {
      context.skip("a disk could not be mounted: only root may");
    }
    try {
      folder = lab.path("disk", "bundle");
      await write();
      const before = await snapshot();
      const work = write({ format: "all", precisions: ["float32", "float16"] });
      await expect(work).rejects.toMatchObject({ code: "disk-full" });
      expect(await snapshot()).toEqual(before);
      expect(await readdir(lab.path("disk"))).toEqual(["bundle"]);
    } finally {
      execFileSync("umount", [lab.path("disk")]);
    }
  });
});

describe("what a killed process left", () => {
  /** Larger than any process may have. */
  const DEAD = 2 ** 30;

  it("is swept, and what a living one writes is not", async () => {
    await mkdir(`${folder}.tmp-${DEAD}-0123abcd`, { recursive: true });
    await mkdir(`${folder}.tmp-${process.ppid}-0123abcd`, { recursive: true });
    await mkdir(`${folder}.tmp-mine`);
    await write();
    expect((await readdir(lab.path())).sort()).toEqual([
      "bundle",
      `bundle.tmp-${process.ppid}-0123abcd`,
      "bundle.tmp-mine",
    ]);
  });

  it("is put back where it had moved a bundle away and no further", async () => {
    await write();
    const before = await snapshot();
    await rename(folder, `${folder}.old-${DEAD}-0123abcd`);
    await write({ precisions: ["int8"] });
    const { manifest } = await openBundle(folder);
    expect(manifest.models).toHaveLength(2);
    expect(await snapshot()).toEqual(
      expect.arrayContaining(before.filter(([name]) => name === "model.onnx")),
    );
  });
});
