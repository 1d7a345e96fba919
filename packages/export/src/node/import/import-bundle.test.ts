// Threads are started from the built package: what is tested here is dist.
import { createHash } from "node:crypto";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { GraphBuilder, logSoftmax, reduceMean, sigmoid, softmax, type Tensor } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { TensorProto_DataType } from "@fleuron/graph/onnx/schema";
import { onnxFile, valueInfo } from "@fleuron/onnx-import/fixtures";
import { follow } from "@fleuron/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importBundle, verifySource, writeBundle } from "../../../dist/node/index.js";
import {
  importedModel,
  largerModel,
  smallModel,
  temporaryFolder,
  training,
} from "../../fixtures/temporary-bundle.js";

let lab: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  lab = await temporaryFolder();
});
afterEach(() => lab[Symbol.asyncDispose]());

/** The means of the channels, as three logits. */
async function meansFile(shape = [3, 8, 12], name = "means.onnx") {
  const builder = new GraphBuilder("means");
  const image = builder.input("image", { type: "image" }, ["batch", ...shape]);
  builder.output("scores", reduceMean(image, { axes: [2, 3] }));
  await writeFile(lab.path(name), toOnnx(builder.build()));
  return lab.path(name);
}

async function labelsFile(text: string, name = "labels.txt") {
  await writeFile(lab.path(name), text);
  return lab.path(name);
}

const importing = async (options: Partial<Parameters<typeof importBundle>[0]> = {}) => {
  const file = options.file ?? (await meansFile());
  return follow(importBundle({ folder: lab.path("imported"), ...options, file }));
};

describe("a file that we have written", () => {
  it.each([
    ["in one file", smallModel],
    ["with weights beside it", largerModel],
    ["with an input of two sides", importedModel],
  ])("comes in with its labels and preprocessing, and computes the same: %s", async (_, make) => {
    const model = make();
    await follow(writeBundle({ model, training, folder: lab.path("ours") }));
    const { result } = await importing({ file: lab.path("ours", "model.onnx") });
    const { labels, preprocessing } = result.manifest;
    expect({ labels, preprocessing }).toEqual({ labels: model.labels, preprocessing: model.preprocessing });
    expect(result.agreement).toMatchObject({ images: 3, passed: true });
    expect(result.agreement!.maxDifference).toBeLessThan(1e-5);
    expect(result.manifest.source).toMatchObject({ file: "model.onnx" });
  });
});

describe("a file of another tool", () => {
  const three = (x: Tensor) => reduceMean(x, { axes: [2, 3] });
  const one = (x: Tensor) => reduceMean(three(x), { axes: [1], keepDimensions: true });
  const sides = [3, 8, 12];
  it.each<[string, (x: Tensor) => Tensor, readonly number[], string]>([
    ["probabilities", (x) => softmax(three(x)), sides, "a\nb\nc\n"],
    ["logarithms of probabilities", (x) => logSoftmax(three(x)), sides, "a\nb\nc\n"],
    ["one logit", one, sides, "no\nyes\n"],
    ["one probability", (x) => sigmoid(one(x)), sides, "no\nyes\n"],
    ["channels last", (x) => reduceMean(x, { axes: [1, 2] }), [8, 12, 3], "a\nb\nc\n"],
  ])("computes the same: %s", async (_, apply, shape, names) => {
    const builder = new GraphBuilder("other");
    builder.output("y", apply(builder.input("x", { type: "image" }, ["batch", ...shape])));
    const file = lab.path("other.onnx");
    await writeFile(file, toOnnx(builder.build()));
    const { result } = await importing({ file, labels: await labelsFile(names) });
    expect(result.agreement).toMatchObject({ passed: true });
  });
});

describe("labels", () => {
  it.each([
    ["lines", "\uFEFFaster\r\nbluebell\r\n\r\ncrocus\n"],
    ["a list after a byte order mark", '\uFEFF["aster", "bluebell", "crocus"]'],
    ["a list", '["aster", "bluebell", "crocus"]'],
    ["a config.json", '{"model_type": "x", "id2label": {"2": "crocus", "0": "aster", "1": "bluebell"}}'],
  ])("are read from %s", async (_, text) => {
    const { result } = await importing({ labels: await labelsFile(text) });
    expect(result.manifest.labels).toEqual(["aster", "bluebell", "crocus"]);
  });

  it("that occur twice get their number, and a warning says so", async () => {
    const { result, events } = await importing({ labels: await labelsFile("crane\ncrane\nmaillot\n") });
    expect(result.manifest.labels).toEqual(["crane", "crane (1)", "maillot"]);
    expect(events).toContainEqual(expect.objectContaining({ code: "labels-repeated" }));
    const again = await importing({ labels: await labelsFile("crane\ncrane\ncrane (1)\n"), force: true });
    expect(again.result.manifest.labels).toEqual(["crane", "crane (2)", "crane (1)"]);
  });

  it("are asked for where the file names none, with how many there must be", async () => {
    await expect(importing()).rejects.toMatchObject({
      code: "labels-missing",
      kind: "usage",
      subject: "labels",
      hint: expect.stringContaining("3 lines"),
    });
    await expect(importing({ labels: await labelsFile("one\ntwo\n") })).rejects.toMatchObject({
      code: "labels-invalid",
      message: expect.stringMatching(/distinguishes 3 classes, and .* has 2 labels/),
    });
  });
});

describe("preprocessing", () => {
  const labels = () => labelsFile("a\nb\nc\n");
  const clip = {
    image_processor_type: "ViTImageProcessor",
    size: { height: 8, width: 12 },
    resample: 2,
    image_mean: [0.1, 0.2, 0.3],
    image_std: [1, 1, 1],
    do_normalize: true,
  };

  it("is what was chosen, before what a file beside says", async () => {
    await writeFile(lab.path("preprocessor_config.json"), JSON.stringify(clip));
    const { result, events } = await importing({ labels: await labels(), channels: "bgr" });
    expect(result.manifest.preprocessing).toMatchObject({
      size: [8, 12],
      mean: [0.1, 0.2, 0.3],
      channelOrder: "bgr",
    });
    expect(events.filter(({ type }) => type === "warning")).toEqual([]);
  });

  it("is guessed with a warning where nothing says it", async () => {
    const { result, events } = await importing({ labels: await labels() });
    expect(result.manifest.preprocessing).toMatchObject({ size: [8, 12], mean: [0.485, 0.456, 0.406] });
    expect(events).toContainEqual(expect.objectContaining({ code: "preprocessing-guessed" }));
  });

  it("is refused for images that are no colours", async () => {
    const file = await meansFile([1, 8, 8], "grey.onnx");
    await expect(importing({ file, labels: await labels() })).rejects.toMatchObject({
      code: "model-invalid",
    });
  });
});

it("a bundle is compared with its file again, and with no other", async () => {
  const { result } = await importing({ labels: await labelsFile("a\nb\nc\n") });
  const bundle = result.folder;
  await copyFile(lab.path("means.onnx"), lab.path("copy.onnx"));
  const again = await follow(verifySource({ bundle, source: lab.path("copy.onnx") }));
  expect(again.result).toEqual({ ...result.agreement, source: lab.path("copy.onnx") });
  const other = await meansFile([3, 8, 14], "other.onnx");
  await expect(follow(verifySource({ bundle, source: other }))).rejects.toMatchObject({
    code: "source-differs",
    message: expect.stringContaining("means.onnx"),
  });
});

it("a bundle that computes something else does not pass", async () => {
  const source = await meansFile([3, 31, 27]);
  const sha256 = createHash("sha256")
    .update(await readFile(source))
    .digest("hex");
  const bundle = lab.path("wrong");
  await follow(
    writeBundle({ model: importedModel(), source: { file: "means.onnx", sha256 }, folder: bundle }),
  );
  const { result } = await follow(verifySource({ bundle, source }));
  expect(result).toMatchObject({ passed: false });
  expect(result.maxDifference).toBeGreaterThan(0.01);
});

it("a bundle without a float32 ONNX model is written, and not compared", async () => {
  const labels = await labelsFile("a\nb\nc\n");
  expect((await importing({ labels, precisions: ["int8"] })).result.agreement).toBeNull();
});

it("a file that takes and gives float16 is compared as far as that goes", async () => {
  const file = lab.path("halves.onnx");
  const halves = TensorProto_DataType.FLOAT16;
  const bytes = onnxFile({
    nodes: [{ op: "ReduceMean", inputs: ["x"], attributes: { axes: [2, 3], keepdims: 0 } }],
    inputs: [valueInfo("x", ["N", 3, 8, 12], halves)],
    opset: 17,
  });
  await writeFile(file, bytes);
  const { agreement } = (await importing({ file, labels: await labelsFile("a\nb\nc\n") })).result;
  expect(agreement).toMatchObject({ passed: true });
  expect(agreement!.maxDifference).toBeLessThan(1e-3);
  expect(agreement!.maxDifference).toBeGreaterThan(1e-6);
});

it.each<[string, (whole: Uint8Array) => Uint8Array, string]>([
  ["is cut", (whole) => whole.subarray(0, whole.length / 2), "onnx-invalid"],
  ["gives features", () => onnxFile({ nodes: [{ op: "Relu", inputs: ["x"] }] }), "onnx-unsupported"],
])("a file that %s is named", async (_, bytes, code) => {
  const file = lab.path("bad.onnx");
  await writeFile(file, bytes(await readFile(await meansFile())));
  await expect(importing({ file })).rejects.toMatchObject({ code, message: expect.stringContaining(file) });
});
