// What a file means is what onnxruntime makes of it.
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
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

type Size = readonly [number, number, number];

const node = (
  op: string,
  inputs: readonly string[],
  output = "y",
  attributes: FileNode["attributes"] = {},
): FileNode => ({ op, inputs, outputs: [output], attributes });

/** Without what it fuses, which has rules of its own. */
async function byOnnxruntime(parts: FileParts, size: Size, photos = 2) {
  const image = somePhotos([photos, ...size]);
  const session = await InferenceSession.create(
    onnxFile({ inputs: [valueInfo("x", ["N", ...size])], ...parts }),
    {
      graphOptimizationLevel: "disabled",
      logSeverityLevel: 3,
    },
  );
  const { y } = await session.run({ x: new Tensor("float32", Float32Array.from(image.data), image.shape) });
  await session.release();
  return { shape: y!.dims, numbers: Array.from(y!.data as Float32Array) };
}

function byImporter(parts: FileParts, size: Size, photos = 2) {
  const file = onnxFile({ inputs: [valueInfo("x", ["N", ...size])], ...parts });
  const { shape, data } = runImported(importOnnx(file), { image: somePhotos([photos, ...size]) }).get("y")!;
  return { shape, numbers: Array.from(data) };
}

/** The numbers of both; where onnxruntime does not run a file, of another one that means the same. */
async function expectSame(parts: FileParts, size: Size, same: FileParts = parts): Promise<void> {
  const [given, expected] = [byImporter(parts, size), await byOnnxruntime(same, size)];
  expect(given.shape).toEqual(expected.shape);
  for (const [index, number] of expected.numbers.entries())
    expect(Math.abs(given.numbers[index]! - number)).toBeLessThan(1e-5 * Math.max(1, Math.abs(number)));
}

/** The sizes of a Resize: batch and channels from Shape, then what `nodes` make of `hw`, height and width. */
const resized = (
  nodes: readonly FileNode[],
  attributes: FileNode["attributes"] = {},
): readonly FileNode[] => [
  node("Shape", ["x"], "shape"),
  node("Slice", ["shape", "zero", "two"], "nc"),
  node("Slice", ["shape", "two", "four"], "hw"),
  ...nodes,
  node("Concat", ["nc", "sides"], "sizes", { axis: 0 }),
  node("Resize", ["x", "none", "none", "sizes"], "y", attributes),
];
const places = [integers("zero", [0]), integers("two", [2]), integers("four", [4]), floats("none", [0])];

describe("Resize", () => {
  it.each([13, 18])(
    "to sizes with the length of the batch before them, as torch writes interpolate, opset %i",
    (opset) => {
      const nodes = resized([node("Add", ["hw", "more"], "sides")], { mode: "linear" });
      return expectSame({ nodes, initializers: [...places, integers("more", [3, 2])], opset }, [3, 4, 5]);
    },
  );

  it.each(
    ["not_larger", "not_smaller"].flatMap((policy) =>
      ["nearest", "linear", "cubic"].map((mode) => [policy, mode]),
    ),
  )("%s than the sizes, %s: one scale for both sides", async (policy, mode) => {
    for (const sizes of [
      [7, 3],
      [9, 6],
      [3, 2],
    ])
      await expectSame(
        {
          nodes: [
            node("Resize", ["x", "", "", "sizes"], "y", {
              mode,
              keep_aspect_ratio_policy: policy,
              axes: [2, 3],
            }),
          ],
          initializers: [integers("sizes", sizes)],
        },
        [3, 4, 5],
      );
  });

  it("of one axis keeps the ratio of that one alone", () =>
    expectSame(
      {
        nodes: [
          node("Resize", ["x", "", "", "sizes"], "y", { keep_aspect_ratio_policy: "not_larger", axes: [3] }),
        ],
        initializers: [integers("sizes", [9])],
      },
      [3, 4, 5],
    ));

  it.each([
    [0.6, 0.6],
    [0.75, 1],
    [0.3, 0.9],
    [1.5, 2.5],
  ])("of opset 10 to nearest pixels, by %f and %f", (height, width) =>
    expectSame(
      {
        nodes: [node("Resize", ["x", "scales"], "y", { mode: "nearest" })],
        initializers: [floats("scales", [4], [1, 1, height, width])],
        opset: 10,
      },
      [3, 10, 8],
    ),
  );
});

describe("numbers that do not depend on the image", () => {
  it.each([
    [10, 0.7, 7],
    [20, 2.3, 46],
    [30, 0.9, 27],
  ])("%i times %f, rounded down, are %i", async (side, factor, expected) => {
    const nodes = resized([
      node("Cast", ["hw"], "floats", { to: 1 }),
      node("Mul", ["floats", "factor"], "product"),
      node("Floor", ["product"], "whole"),
      node("Cast", ["whole"], "sides", { to: 7 }),
    ]);
    const parts = { nodes, initializers: [...places, floats("factor", [], [factor])] };
    expect(byImporter(parts, [3, side, side]).shape).toEqual([2, 3, expected, expected]);
    await expectSame(parts, [3, side, side]);
  });

  it("a range of floats is summed", () =>
    expectSame(
      {
        nodes: [
          node("Range", ["start", "limit", "step"], "range"),
          node("Mul", ["range", "hundred"], "large"),
          node("Floor", ["large"], "whole"),
          node("Add", ["x", "whole"]),
        ],
        initializers: [
          ...[floats("start", [], [0]), floats("limit", [], [3]), floats("step", [], [0.3])],
          floats("hundred", [], [100]),
        ],
      },
      [3, 4, 10],
    ));

  it("a power of integers is one", () =>
    expectSame(
      {
        nodes: [
          node("Pow", ["base", "exponent"], "half"),
          node("Cast", ["half"], "none", { to: 1 }),
          node("Add", ["x", "none"]),
        ],
        initializers: [scalar("base", 2), scalar("exponent", -1)],
      },
      [3, 4, 4],
    ));

  it("49 windows of each photo, divided by 49, are the photos", () =>
    expectSame(
      {
        nodes: [
          node("Shape", ["x"], "length", { start: 0, end: 1 }),
          node("Mul", ["length", "windows"], "all"),
          node("Div", ["all", "windows"], "photos"),
          node("Concat", ["photos", "rest"], "target", { axis: 0 }),
          node("Reshape", ["x", "target"]),
        ],
        initializers: [integers("windows", [49]), integers("rest", [-1])],
      },
      [3, 4, 4],
    ));

  it.each<[string, readonly FileNode[], number]>([
    [
      "Split",
      [
        { op: "Split", inputs: ["hw"], outputs: ["h", "w"], attributes: { num_outputs: 2 } },
        node("Concat", ["w", "h"], "sides", { axis: 0 }),
      ],
      18,
    ],
    [
      "Split of opset 11",
      [
        { op: "Split", inputs: ["hw"], outputs: ["h", "w"], attributes: { split: [1, 1] } },
        node("Concat", ["w", "h"], "sides", { axis: 0 }),
      ],
      11,
    ],
    ["Clip", [node("Clip", ["hw", "five"], "sides")], 18],
    ...["ReduceProd", "ReduceSum", "ReduceMax", "ReduceMin"].map(
      (op): [string, readonly FileNode[], number] => [
        op,
        [node(op, ["hw"], "one", { keepdims: 1 }), node("Concat", ["one", "one"], "sides", { axis: 0 })],
        18,
      ],
    ),
    [
      "ReduceProd without axes",
      [
        node("ReduceProd", ["hw"], "one", { axes: [0], keepdims: 0 }),
        node("Unsqueeze", ["one"], "list", { axes: [0] }),
        node("Concat", ["list", "list"], "sides", { axis: 0 }),
      ],
      11,
    ],
  ])("%s of a shape", (_, nodes, opset) =>
    expectSame({ nodes: resized(nodes), initializers: [...places, scalar("five", 5)], opset }, [3, 4, 6]),
  );

  it("ReduceProd of a shape with the batch", () =>
    expectSame(
      {
        nodes: [
          node("Shape", ["x"], "shape"),
          node("ReduceProd", ["shape"], "size", { keepdims: 1 }),
          node("Div", ["size", "each"], "photos"),
          node("Concat", ["photos", "rest"], "target", { axis: 0 }),
          node("Reshape", ["x", "target"]),
        ],
        initializers: [integers("each", [48]), integers("rest", [-1])],
      },
      [3, 4, 4],
    ));
});

describe("the axis of opset 6, from which a second operand broadcasts", () => {
  const axis = (from: number) => ({ broadcast: 1, axis: from });

  it.each(["Add", "Sub", "Mul", "Div", "Pow"])("%s", (op) => {
    const parts = (
      opset: number,
      shape: readonly number[],
      attributes: FileNode["attributes"],
    ): FileParts => ({
      nodes: [node("Abs", ["x"], "positive"), node(op, ["positive", "b"], "y", attributes)],
      initializers: [floats("b", shape)],
      opset,
    });
    return expectSame(parts(6, [3], axis(1)), [3, 3, 3], parts(13, [3, 1, 1], {}));
  });

  it.each(["Greater", "Less"])("%s", (op) => {
    const parts = (
      opset: number,
      shape: readonly number[],
      attributes: FileNode["attributes"],
    ): FileParts => ({
      nodes: [node(op, ["x", "b"], "is", attributes), node("Cast", ["is"], "y", { to: 1 })],
      initializers: [floats("b", shape, [-0.5, 0, 0.5])],
      opset,
    });
    return expectSame(parts(6, [3], axis(1)), [3, 3, 3], parts(13, [3, 1, 1], {}));
  });

  it.each(["Equal", "And", "Or", "Add"])("%s of constants", (op) => {
    const isLogical = op === "And" || op === "Or";
    const parts = (
      opset: number,
      shape: readonly bigint[],
      attributes: FileNode["attributes"],
    ): FileParts => ({
      nodes: [
        node("Cast", ["a"], "left", { to: isLogical ? 9 : 6 }),
        node("Cast", ["b"], "right", { to: isLogical ? 9 : 6 }),
        node(op, ["left", "right"], "both", attributes),
        node("Cast", ["both"], "numbers", { to: 1 }),
        node("Mul", ["x", "numbers"]),
      ],
      initializers: [
        { ...integers("a", [0, 1, 2, 0, 1, 0, 0, 1, 0]), dims: [3n, 3n] },
        { ...integers("b", [0, 1, 0]), dims: [...shape] },
      ],
      opset,
    });
    return expectSame(parts(6, [3n], axis(0)), [3, 3, 3], parts(13, [3n, 1n], {}));
  });
});

describe("infinite constants", () => {
  const [up, down] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  it.each([
    [0, up],
    [down, 0.5],
    [down, up],
    [up, 0.5],
  ])("Clip between %f and %f", (low, high) =>
    expectSame(
      {
        nodes: [node("Clip", ["x", "low", "high"])],
        initializers: [floats("low", [], [low]), floats("high", [], [high])],
      },
      [3, 4, 4],
    ),
  );

  it("a bound that makes all numbers infinite makes them the largest that there is", () => {
    const parts = {
      nodes: [node("Clip", ["x", "", "high"])],
      initializers: [floats("high", [], [down])],
    };
    expect(new Set(byImporter(parts, [3, 4, 4]).numbers)).toEqual(new Set([-3.4028234663852886e38]));
  });

  it("pads that no maximum is in", () =>
    expectSame(
      {
        nodes: [
          node("Pad", ["x", "pads", "value"], "padded"),
          node("MaxPool", ["padded"], "y", { kernel_shape: [2, 2], strides: [2, 2] }),
        ],
        initializers: [integers("pads", [0, 0, 1, 1, 0, 0, 1, 1]), floats("value", [], [down])],
      },
      [3, 4, 4],
    ));
});

it.each([31, 32, 33, 34])("ConvTranspose of lines to a stated length, %i", (length) =>
  expectSame(
    {
      nodes: [
        node("Reshape", ["x", "lines"], "line"),
        node("ConvTranspose", ["line", "w"], "y", { strides: [2], output_shape: [length] }),
      ],
      initializers: [integers("lines", [0, 3, 16]), floats("w", [3, 2, 3])],
    },
    [3, 4, 4],
  ),
);

it.each(["ReduceMean", "ReduceSum", "ReduceL2"])("%s over an axis that is named twice", (op) =>
  expectSame({ nodes: [node(op, ["x", "axes"])], initializers: [integers("axes", [3, -1])] }, [3, 4, 5]),
);
