// From photos to files that other programs load, through the real command line: train, export everything, verify,
// and name photos with the bundle as with the run.
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundlePrecisions, type LabelProbability } from "@fleuron/model";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fleuronIn } from "./fleuron.js";

const labels = ["aster", "bluebell", "crocus"];
let folder: string;
let fleuron: ReturnType<typeof fleuronIn>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-e2e-"));
  fleuron = fleuronIn(folder);
  for (const [label, name] of labels.entries()) {
    await mkdir(join(folder, "photos", name), { recursive: true });
    for (let index = 0; index < 20; index++) {
      const image = drawFlower({ label, seed: label * 100 + index, width: 90, height: 80 });
      await writeFile(join(folder, "photos", name, `${index}.jpg`), await encodeJpeg(image));
    }
  }
  const size = ["--width", "0.1", "--image-size", "67", "--batch-size", "8", "--epochs", "4"];
  await fleuron("train", "--data", "photos", "--out", "runs/first", "--recipe", "notebook-complete", ...size);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("exports every format at every precision, each verified against the run", async () => {
  const [bundle, report] = await fleuron(
    "export",
    "--format",
    "all",
    "--precision",
    bundlePrecisions.join(","),
  );
  expect(bundle).toMatchObject({
    folder: join(folder, "runs/first/bundle"),
    manifest: { labels, training: { run: "first", recipe: "notebook-complete", checkpoint: "best" } },
  });
  const model = (format: string, precision: string) =>
    expect.objectContaining({ format, precision, passed: true });
  expect(report).toMatchObject({
    reference: "trainer",
    source: "validation",
    photos: 10,
    passed: true,
    checks: [
      ...bundlePrecisions.map((precision) => model("onnx", precision)),
      ...["float32", "float16", "int8"].map((precision) => model("tfjs-graph", precision)),
    ],
  });
  expect((await readdir(join(folder, "runs/first/bundle"))).sort()).toEqual([
    "fleuron.json",
    "model.compact.onnx",
    "model.compact.onnx.br",
    "model.compact.onnx.gz",
    "model.float16.onnx",
    "model.int4.onnx",
    "model.int8.onnx",
    "model.onnx",
    "tfjs-graph",
    "tfjs-graph-float16",
    "tfjs-graph-uint8",
  ]);
});

describe("a bundle", () => {
  const named = (lines: readonly unknown[]) =>
    lines as readonly { predictions: readonly LabelProbability[] }[];

  it("names photos as its run does", async () => {
    const fromRun = named(await fleuron("predict", "photos/crocus", "--run", "runs/first"));
    const fromBundle = named(await fleuron("predict", "photos/crocus", "--bundle", "runs/first/bundle"));
    expect(fromBundle).toHaveLength(20);
    for (const [index, { predictions }] of fromBundle.entries()) {
      for (const [rank, { label, probability }] of predictions.entries()) {
        const same = fromRun[index]!.predictions[rank]!;
        expect(label).toBe(same.label);
        expect(probability).toBeCloseTo(same.probability, 5);
      }
    }
    const to = ["--bundle", "runs/first/bundle", "--out", "labels.jsonl"];
    expect(await fleuron("predict", "photos/crocus", ...to)).toMatchObject([{ photos: 20, unreadable: 0 }]);
    const table = (await readFile(join(folder, "labels.jsonl"), "utf8")).trimEnd().split("\n");
    expect(table.map((row) => JSON.parse(row).labels)).toEqual(
      fromBundle.map(({ predictions }) => predictions.map(({ label }) => label)),
    );
  });

  it("is as accurate as its run on the photos that were held out", async () => {
    const [run] = await fleuron("evaluate");
    const [bundle] = await fleuron("evaluate", "--bundle", "runs/first/bundle");
    const { accuracy, confusion, loss } = run as { accuracy: number; confusion: number[][]; loss: number };
    expect(bundle).toMatchObject({ accuracy, confusion, tta: "none" });
    expect((bundle as { loss: number }).loss).toBeCloseTo(loss, 4);
  });

  it("goes on without its run", async () => {
    await cp(join(folder, "runs/first/bundle"), join(folder, "elsewhere"), { recursive: true });
    await rename(join(folder, "runs"), join(folder, "gone"));
    const [prediction] = named(await fleuron("predict", "photos/aster/0.jpg", "--bundle", "elsewhere"));
    expect(prediction?.predictions).toHaveLength(3);
    const [report] = await fleuron("verify", "--bundle", "elsewhere", "--data", "photos");
    expect(report).toMatchObject({
      reference: "onnx float32 on onnxruntime-node",
      source: "data",
      passed: true,
    });
    await rename(join(folder, "gone"), join(folder, "runs"));
  });

  it("of other weights than its run does not pass for it", async () => {
    const size = ["--width", "0.1", "--image-size", "67", "--batch-size", "8", "--epochs", "1"];
    await fleuron("train", "--data", "photos", "--out", "runs/second", "--recipe", "notebook", ...size);
    const verifying = fleuron("verify", "--bundle", "elsewhere", "--run", "runs/second");
    await expect(verifying).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("other weights"),
    });
    const exporting = fleuron("export", "--run", "runs/second", "--out", "elsewhere");
    await expect(exporting).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("--force") });
  });
});
