// Files whose nodes compute with the length of the batch, or join it with another axis, as exporters write transformers.
import { toOnnx } from "@fleuron/graph/onnx";
import { expect, it } from "vitest";
import {
  type FileNode,
  type FileParts,
  floats,
  integers,
  onnxFile,
  scalar,
  valueInfo,
} from "./fixtures/onnx-file.js";
import { runImported, somePhotos } from "./fixtures/run-imported.js";
import { importOnnx } from "./import-onnx.js";

const node = (
  op: string,
  inputs: readonly string[],
  output = "y",
  attributes: FileNode["attributes"] = {},
): FileNode => ({
  op,
  inputs,
  outputs: [output],
  attributes,
});

/** The numbers `y` of so many photos, one photo after the other. */
function answers(parts: FileParts, size: readonly [number, number, number], photos = 2): readonly number[][] {
  const file = importOnnx(onnxFile(parts));
  const image = somePhotos([photos, ...size]);
  const { data } = runImported(file, { image }).get("y")!;
  const again = importOnnx(toOnnx(file.graph, { values: file.values }));
  expect(runImported(again, { image }).get("y")!.data).toEqual(data);
  const each = data.length / photos;
  return Array.from({ length: photos }, (_, photo) => [...data.subarray(photo * each, (photo + 1) * each)]);
}

/** What each photo gives alone: the batch is nothing but photos side by side. */
function alone(parts: FileParts, size: readonly [number, number, number], photos = 2) {
  const file = importOnnx(onnxFile(parts));
  const all = somePhotos([photos, ...size]);
  const each = all.data.length / photos;
  return Array.from({ length: photos }, (_, photo) => {
    const image = { shape: [1, ...size], data: all.data.slice(photo * each, (photo + 1) * each) };
    return [...runImported(file, { image }).get("y")!.data];
  });
}

it("a global pool that is written as places counted photo by photo", () => {
  const parts: FileParts = {
    nodes: [
      node("ReduceMean", ["x", "axes"], "mean", { keepdims: 1 }),
      node("Reshape", ["mean", "rest"], "flat"),
      node("Shape", ["x"], "length", { start: 0, end: 1 }),
      node("Squeeze", ["length"], "batch"),
      node("Range", ["zero", "batch", "one"], "range"),
      node("Mul", ["range", "channels"], "starts"),
      node("Unsqueeze", ["starts", "behind"], "rows"),
      node("Expand", ["offsets", "wide"], "wideOffsets"),
      node("Add", ["rows", "wideOffsets"], "places"),
      node("Gather", ["flat", "places"], "pooled"),
      node("Concat", ["length", "rest"], "target", { axis: 0 }),
      node("Reshape", ["pooled", "target"], "y"),
    ],
    initializers: [
      ...[integers("axes", [-1, -2]), integers("rest", [-1]), integers("behind", [1, 2, 3])],
      ...[scalar("zero", 0), scalar("one", 1), scalar("channels", 3)],
      ...[integers("wide", [3, 1, 1]), { ...integers("offsets", [0, 1, 2]), dims: [3n, 1n, 1n] }],
    ],
  };
  const { graph } = importOnnx(onnxFile(parts));
  expect(graph.types[graph.outputs[0]!.value]!.shape).toEqual(["batch", 3]);
  const { data } = somePhotos([2, 3, 4, 4]);
  const mean = (channel: number) => data.slice(channel * 16, channel * 16 + 16).reduce((a, b) => a + b) / 16;
  const [first, second] = answers(parts, [3, 4, 4]);
  for (const channel of [0, 1, 2]) {
    expect(first![channel]).toBeCloseTo(mean(channel), 6);
    expect(second![channel]).toBeCloseTo(mean(channel + 3), 6);
  }
});

it("the same of a file for one photo, whose places are numbers", () => {
  const parts: FileParts = {
    inputs: [valueInfo("x", [1, 3, 4, 4])],
    nodes: [node("Reshape", ["x", "rest"], "flat"), node("Gather", ["flat", "places"])],
    initializers: [integers("rest", [-1]), { ...integers("places", [47, 0]), dims: [1n, 2n] }],
  };
  const { data } = somePhotos([2, 3, 4, 4]);
  expect(answers(parts, [3, 4, 4])).toEqual([
    [data[47], data[0]],
    [data[95], data[48]],
  ]);
  const open = { ...parts, inputs: [valueInfo("x", ["N", 3, 4, 4])] };
  expect(() => importOnnx(onnxFile(open))).toThrow("Gather 'Gather_y' cannot be computed");
});

/** Windows of 2 × 2 of an image of 4 × 4, normalised one by one, and the image of them. */
const windows = (
  partition: FileParts["nodes"],
  back: FileParts["nodes"],
  initializers: FileParts["initializers"],
  batch: string | number,
): FileParts => ({
  inputs: [valueInfo("x", [batch, 3, 4, 4])],
  nodes: [
    node("Transpose", ["x"], "rows", { perm: [0, 2, 3, 1] }),
    ...partition,
    node("Softmax", ["windows"], "softened", { axis: 1 }),
    ...back,
  ],
  initializers: initializers!,
});

const order = { perm: [0, 1, 3, 2, 4, 5] };
const closed = windows(
  [
    node("Reshape", ["rows", "cut"], "pieces"),
    node("Transpose", ["pieces"], "turned", order),
    node("Reshape", ["turned", "joined"], "windows"),
  ],
  [
    node("Reshape", ["softened", "cutWindows"], "again"),
    node("Transpose", ["again"], "straight", order),
    node("Reshape", ["straight", "image"], "y"),
  ],
  [
    integers("cut", [1, 2, 2, 2, 2, 3]),
    integers("joined", [4, 4, 3]),
    integers("cutWindows", [1, 2, 2, 2, 2, 3]),
    integers("image", [1, 4, 4, 3]),
  ],
  1,
);
const open = windows(
  [
    node("Shape", ["x"], "length", { start: 0, end: 1 }),
    node("Concat", ["length", "cut"], "cutAll", { axis: 0 }),
    node("Reshape", ["rows", "cutAll"], "pieces"),
    node("Transpose", ["pieces"], "turned", order),
    node("Reshape", ["turned", "joined"], "windows"),
  ],
  [
    node("Shape", ["softened"], "windowCount", { start: 0, end: 1 }),
    node("Div", ["windowCount", "each"], "truncated"),
    // A quotient that is rounded down, as TorchScript writes it.
    node("Less", ["windowCount", "none"], "negative"),
    node("Less", ["each", "none"], "negativeToo"),
    node("Xor", ["negative", "negativeToo"], "differ"),
    node("Mod", ["windowCount", "each"], "remainder"),
    node("Equal", ["remainder", "none"], "isWhole"),
    node("Not", ["isWhole"], "isBroken"),
    node("And", ["differ", "isBroken"], "isBelow"),
    node("Cast", ["isBelow"], "below", { to: 7 }),
    node("Sub", ["truncated", "below"], "photos"),
    node("Concat", ["photos", "cut"], "cutBack", { axis: 0 }),
    node("Reshape", ["softened", "cutBack"], "again"),
    node("Transpose", ["again"], "straight", order),
    node("Concat", ["photos", "image"], "imageAll", { axis: 0 }),
    node("Reshape", ["straight", "imageAll"], "y"),
  ],
  [
    integers("cut", [2, 2, 2, 2, 3]),
    integers("joined", [-1, 4, 3]),
    integers("each", [4]),
    integers("none", [0]),
    integers("image", [4, 4, 3]),
  ],
  "N",
);

it.each([
  ["of a file for one photo", closed],
  ["of a file for any number of photos", open],
])("windows %s stay those of their photo", (_, parts) => {
  const given = answers(parts, [3, 4, 4], 3);
  expect(given).toEqual(alone(parts, [3, 4, 4], 3));
  // In each window the softmax of its four pixels: their sum, channel by channel, is 1.
  const [pixel, below] = [0, 4 * 3];
  const window = [pixel, pixel + 3, below, below + 3].map((place) => given[1]![place]!);
  expect(window.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
});

/** Attention of two heads over 16 tokens, tokens first, as torch's MultiheadAttention is written for one photo. */
const attention: FileParts = {
  inputs: [valueInfo("x", [1, 6, 4, 4])],
  nodes: [
    node("Reshape", ["x", "flat"], "channels"),
    node("Transpose", ["channels"], "tokens", { perm: [2, 0, 1] }),
    node("Reshape", ["tokens", "perHead"], "headRows"),
    node("Transpose", ["headRows"], "heads", { perm: [1, 0, 2] }),
    node("Transpose", ["heads"], "keys", { perm: [0, 2, 1] }),
    node("MatMul", ["heads", "keys"], "scores"),
    node("Softmax", ["scores"], "weights", { axis: -1 }),
    node("MatMul", ["weights", "heads"], "mixed"),
    node("Transpose", ["mixed"], "mixedRows", { perm: [1, 0, 2] }),
    node("Reshape", ["mixedRows", "matrix"], "rows"),
    node("Relu", ["rows"], "positive"),
    node("Reshape", ["positive", "tokenShape"], "back"),
    node("Transpose", ["back"], "y", { perm: [1, 0, 2] }),
  ],
  initializers: [
    integers("flat", [1, 6, 16]),
    integers("perHead", [16, 2, 3]),
    integers("matrix", [16, 6]),
    integers("tokenShape", [16, 1, 6]),
  ],
};

it("attention of a file for one photo mixes no photos, tokens first", () => {
  expect(answers(attention, [6, 4, 4], 3)).toEqual(alone(attention, [6, 4, 4], 3));
});

it("what is repeated for each photo, or added to each token, learns", () => {
  const { parameters, graph } = importOnnx(
    onnxFile({
      nodes: [
        node("Shape", ["x"], "length", { start: 0, end: 1 }),
        node("Concat", ["length", "minusOnes"], "wide", { axis: 0 }),
        node("Expand", ["token", "wide"], "tokens"),
        node("Reshape", ["x", "flat"], "rows"),
        node("Concat", ["tokens", "rows"], "all", { axis: 1 }),
        node("Add", ["all", "embedding"]),
      ],
      initializers: [
        ...[integers("minusOnes", [1, 16]), integers("flat", [0, 3, 16])],
        ...[floats("token", [1, 1, 16]), floats("embedding", [1, 4, 16])],
      ],
    }),
  );
  expect(parameters.map(({ name, trainable }) => [name, trainable])).toEqual([
    ["token", true],
    ["embedding", true],
  ]);
  expect(graph.types[graph.outputs[0]!.value]!.shape).toEqual(["batch", 4, 16]);
});
