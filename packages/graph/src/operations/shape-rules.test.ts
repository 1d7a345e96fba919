import { FleuronError } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../builder.js";
import type { DType, Shape } from "../types.js";
import { add } from "./arithmetic.js";
import { constantTensor } from "./constant.js";
import { conv2d } from "./conv2d.js";
import { depthToSpace } from "./depth-to-space.js";
import { type AttributesOf, type OperationName, operations } from "./index.js";
import { maxPool } from "./max-pool.js";
import { reshape } from "./reshape.js";
import { resize } from "./resize.js";

type Case<Name extends OperationName> = readonly [
  operation: Name,
  shapes: readonly Shape[],
  attributes: AttributesOf<Name>,
  complaint: string,
  dtypes?: readonly DType[],
];
type AnyCase = { [Name in OperationName]: Case<Name> }[OperationName];

const window = { strides: [1, 1], pads: [0, 0, 0, 0] } as const;
const convolution = { ...window, dilations: [1, 1], groups: 1 } as const;
const pool = { ...window, kernelSize: [3, 3] } as const;
const averagePool = { ...pool, countPadding: false } as const;
const images = ["batch", 3, 8, 9] as const;

const refused: readonly AnyCase[] = [
  ["add", [[2, 3], [4]], {}, "the shapes do not broadcast"],
  ["add", [[2, 3]], {}, "takes 2 inputs but was given 1"],
  ["subtract", [["batch", 3], [2]], {}, "the shapes do not broadcast"],
  ["multiply", [[2], [2]], {}, "input 1 must be float32 but is int32", ["int32", "float32"]],
  ["divide", [["batch"], ["photos"]], {}, "the shapes do not broadcast"],
  ["minimum", [[3], [4]], {}, "the shapes do not broadcast"],
  ["maximum", [[3], [4]], {}, "the shapes do not broadcast"],
  ["greater", [[3], ["batch"]], {}, "the shapes do not broadcast"],
  ["less", [[3], [3]], {}, "input 2 must be float32 but is bool", ["float32", "bool"]],
  ["logicalAnd", [[3], [4]], {}, "the shapes must be equal", ["bool", "bool"]],
  ["logicalNot", [[3]], {}, "input 1 must be bool but is float32"],
  ["where", [[3], [3], [3]], {}, "input 1 must be bool but is float32"],
  ["where", [[2], [3], [3, 1]], {}, "the shapes do not broadcast", ["bool", "float32", "float32"]],
  ["absolute", [[3]], {}, "input 1 must be float32 but is int32", ["int32"]],
  ["erf", [[3]], {}, "input 1 must be float32 but is bool", ["bool"]],
  ["power", [[3], [4, 2]], {}, "the shapes do not broadcast"],
  ["reduceMax", [[2, 3]], { axes: [0, 2], keepDimensions: true }, "has no axes [0, 2] to compare along"],
  ["clip", [[3]], { low: 0 }, "input 1 must be float32 but is int32", ["int32"]],
  ["exp", [[3]], {}, "input 1 must be float32 but is bool", ["bool"]],
  ["log", [[3], [3]], {}, "takes 1 input but was given 2"],
  ["sigmoid", [[3]], {}, "input 1 must be float32 but is bool", ["bool"]],
  ["tanh", [[3]], {}, "input 1 must be float32 but is int32", ["int32"]],
  ["logSoftmax", [[]], {}, "takes at least one axis"],
  ["argMax", [[2, 3, 4]], {}, "input 1 must have 2 dimensions but has 3"],
  ["averagePool", [[3, 8, 9]], averagePool, "input 1 must have 4 dimensions but has 3"],
  [
    "averagePool",
    [images],
    { ...averagePool, pads: [0, 3, 0, 0] },
    "windows of [3,3] may lie in pads of [0,3,0,0] altogether",
  ],
  [
    "averagePoolGradient",
    [["batch", 3, 6, 6]],
    { ...averagePool, size: [8, 9] },
    "no pool of [8,9] pixels has that shape",
  ],
  [
    "batchMatMul",
    [
      ["batch", 2, 3],
      ["batch", 2, 3],
    ],
    {},
    "the inner dimensions 3 and 2 differ",
  ],
  [
    "batchMatMul",
    [
      ["batch", 2, 3],
      [4, 3, 2],
    ],
    {},
    "the leading axes do not broadcast",
  ],
  ["batchMatMul", [[2, 2, 3], [3]], {}, "matrices have at least two dimensions"],
  ["batchNorm", [images, [4], [3]], { epsilon: 1e-3 }, "input 2 needs one element per channel"],
  ["batchNorm", [[5], [5], [5]], { epsilon: 1e-3 }, "takes at least [batch, channels]"],
  [
    "batchNormGradient",
    [images, images, [3], [3], [2]],
    { epsilon: 1e-3 },
    "input 5 needs one element per channel",
  ],
  [
    "batchNormInference",
    [images, [3], [3], [3, 1], [3]],
    { epsilon: 1e-3 },
    "input 4 must have 1 dimensions but has 2",
  ],
  ["biasAdd", [images, [8]], {}, "the bias needs one element per channel"],
  ["biasAdd", [[3], [3]], {}, "the bias needs one element per channel"],
  [
    "broadcastLike",
    [
      [2, 3],
      [3, 3],
    ],
    {},
    "the first does not broadcast",
  ],
  ["broadcastLike", [[2, 3], [3]], {}, "the first does not broadcast"],
  [
    "conv2d",
    [
      [3, 8, 9],
      [4, 3, 3, 3],
    ],
    convolution,
    "input 1 must have 4 dimensions but has 3",
  ],
  ["conv2d", [images, [4, 3, 3, 3]], convolution, "input 1 must be float32 but is int32", ["int32", "bool"]],
  ["conv2d", [images, [4, 3, 3]], convolution, "input 2 must have 4 dimensions but has 3"],
  ["conv2d", [images, [4, 2, 3, 3]], convolution, "3 channels do not suit a kernel [4, 2, 3, 3] in 1 group"],
  [
    "conv2d",
    [
      ["batch", 4, 8, 9],
      [5, 2, 3, 3],
    ],
    { ...convolution, groups: 2 },
    "4 channels do not suit a kernel [5, 2, 3, 3] in 2 groups",
  ],
  ["conv2d", [images, [4, 3, 9, 3]], convolution, "a window of 9 does not fit 8 rows or columns"],
  [
    "conv2d",
    [images, [4, 3, 3, 4]],
    { ...convolution, dilations: [1, 3] },
    "a window of 10 does not fit 9 rows or columns",
  ],
  [
    "conv2dInputGradient",
    [
      ["batch", 4, 6, 6],
      [4, 3, 3, 3],
    ],
    { ...convolution, size: [8, 9] },
    "the output's gradient should be [batch, 4, 6, 7]",
  ],
  [
    "conv2dKernelGradient",
    [images, ["batch", 4, 5, 7]],
    { ...convolution, size: [3, 3] },
    "the output's gradient should be [batch, 4, 6, 7]",
  ],
  ["equal", [[2], [3]], {}, "the shapes must be equal"],
  ["equal", [[2], [2]], {}, "the types must be equal", ["int32", "float32"]],
  ["gather", [[2, 3]], { indices: [0], axis: 2 }, "has no axis 2 to gather along"],
  ["gather", [[2, 3]], { indices: [0, 3], axis: 1 }, "3 is no place on axis 1, which is 3 long"],
  ["gather", [[2, 3]], { indices: [0.5], axis: 1 }, "0.5 is no place on axis 1, which is 3 long"],
  ["gather", [[2, 3]], { indices: [], axis: 1 }, "needs one index or more"],
  [
    "matMul",
    [
      [2, 3],
      [2, 3],
    ],
    { transposeA: false, transposeB: false },
    "the inner dimensions 3 and 2 differ",
  ],
  [
    "matMul",
    [
      ["batch", 3],
      [3, 4],
    ],
    { transposeA: true, transposeB: false },
    "the inner dimensions batch and 3 differ",
  ],
  [
    "matMul",
    [[2], [2, 3]],
    { transposeA: false, transposeB: false },
    "input 1 must have 2 dimensions but has 1",
  ],
  ["cast", [], { dtype: "int32" }, "takes 1 input but was given 0"],
  [
    "concat",
    [
      ["batch", 3],
      ["batch", 4],
    ],
    { axis: 2 },
    "has no axis 2 to join along",
  ],
  [
    "concat",
    [
      ["batch", 3],
      [2, 3],
    ],
    { axis: 1 },
    "the tensors may differ along axis 1 alone",
  ],
  ["concat", [[2], [2]], { axis: 0 }, "the tensors may differ along axis 0 alone", ["int32", "float32"]],
  ["concat", [], { axis: 0 }, "takes one tensor or more"],
  ["constant", [[2]], { value: 1 }, "takes 0 inputs but was given 1"],
  ["constantTensor", [], { shape: [2, 3], values: [1, 2] }, "2 values do not fill [2, 3]"],
  ["maxPool", [[3, 8, 9]], pool, "input 1 must have 4 dimensions but has 3"],
  [
    "maxPool",
    [images],
    { ...pool, pads: [0, 0, 3, 0] },
    "windows of [3,3] may lie in pads of [0,0,3,0] altogether",
  ],
  [
    "maxPool",
    [images],
    { ...pool, strides: [1, 0] },
    "a window of 3, with dilation 1 and stride 0, has no such places",
  ],
  [
    "conv2d",
    [images, [4, 3, 3, 3]],
    { ...convolution, dilations: [0.5, 1] },
    "a window of 3, with dilation 0.5 and stride 1, has no such places",
  ],
  [
    "conv2d",
    [images, [3, 2, 3, 3]],
    { ...convolution, groups: 1.5 },
    "3 channels do not suit a kernel [3, 2, 3, 3] in 1.5 groups",
  ],
  [
    "conv2dInputGradient",
    [
      [1, 3, 4, 4],
      [3, 2, 3, 3],
    ],
    { ...convolution, groups: 2, size: [6, 6] },
    "4 channels do not suit a kernel [3, 2, 3, 3] in 2 groups",
  ],
  [
    "conv2dKernelGradient",
    [
      [1, 3, 6, 6],
      [1, 4, 4, 4],
    ],
    { ...convolution, groups: 2, size: [3, 3] },
    "3 channels do not suit a kernel [4, 1.5, 3, 3] in 2 groups",
  ],
  [
    "conv2d",
    [images, [3, 3, 3, 3]],
    { ...convolution, pads: [-1, 0, 0, 0] },
    "pads are counts of rows and columns, but are [-1,0,0,0]",
  ],
  ["slice", [[2, 3]], { axis: 1, start: 0.5, end: 2.5 }, "0.5 to 2.5 is no part of axis 1"],
  ["maxPool", [["batch", 3, 2, 9]], pool, "a window of 3 does not fit 2 rows or columns"],
  ["maxPoolGradient", [["batch", 3, 6, 7], images, ["batch", 3, 6, 6]], pool, "y is no pool of x"],
  ["pad", [[2, 3]], { before: [1], after: [0, 0], value: 0 }, "1 and 2 pads do not suit its axes"],
  [
    "pad",
    [[2, 3]],
    { before: [1, 0], after: [0, -1], value: 0 },
    "pads must be counts but are [1,0] and [0,-1]",
  ],
  [
    "pad",
    [[2]],
    { before: [1], after: [0], value: Number.NaN },
    "the value must be finite in float32 but is NaN",
  ],
  ["reduceSum", [[2, 3]], { axes: [2], keepDimensions: false }, "has no axes [2] to sum along"],
  ["reduceSum", [[2, 3]], { axes: [], keepDimensions: false }, "has no axes [] to sum along"],
  ["reduceSum", [[2, 3]], { axes: [0.5], keepDimensions: false }, "has no axes [0.5] to sum along"],
  ["reduceSum", [[2, 3]], { axes: [1, 1], keepDimensions: true }, "axes must ascend but are [1, 1]"],
  [
    "reduceSum",
    [[2]],
    { axes: [0], keepDimensions: false },
    "input 1 must be float32 but is int32",
    ["int32"],
  ],
  ["relu", [[2]], {}, "input 1 must be float32 but is int32", ["int32"]],
  ["relu", [[2], [2]], {}, "takes 1 input but was given 2"],
  ["reluGradient", [[2], [3]], {}, "the shapes must be equal"],
  ["reshape", [["batch", 6]], { shape: ["batch", 2, 4] }, "[batch, 2, 4] has another number of elements"],
  ["reshape", [["batch", 6]], { shape: ["photos", 6] }, "[photos, 6] has another number of elements"],
  ["softmax", [[]], {}, "takes at least one axis"],
  [
    "scatterAdd",
    [[2, 3]],
    { indices: [0, 1], axis: 1, length: 4 },
    "axis 1 needs one place for each of 2 indices",
  ],
  [
    "scatterAdd",
    [[2, 3]],
    { indices: [0, 1, 4], axis: 1, length: 4 },
    "4 is no place on axis 1, which is 4 long",
  ],
  ["slice", [[2, 3]], { axis: 2, start: 0, end: 1 }, "has no axis 2 to cut"],
  ["slice", [[2, 3]], { axis: 1, start: 1, end: 4 }, "1 to 4 is no part of axis 1"],
  ["slice", [[2, 3]], { axis: 1, start: 2, end: 2 }, "2 to 2 is no part of axis 1"],
  ["softmax", [[]], {}, "takes at least one axis"],
  [
    "softmaxCrossEntropy",
    [
      ["batch", 3],
      ["batch", 4],
    ],
    {},
    "the shapes must be equal",
  ],
  [
    "softmaxCrossEntropyGradient",
    [
      ["batch", 3],
      ["batch", 4],
    ],
    {},
    "the shapes must be equal",
  ],
  ["sqrt", [[2]], {}, "input 1 must be float32 but is bool", ["bool"]],
  ["transpose", [[2, 3]], { permutation: [0, 0] }, "[0, 0] is no permutation of its axes"],
  ["transpose", [[2, 3]], { permutation: [0] }, "[0] is no permutation of its axes"],
];

function errorOf([name, shapes, attributes, , dtypes]: AnyCase): unknown {
  const builder = new GraphBuilder("refused");
  const inputs = shapes.map((shape, index) =>
    builder.input(`x${index}`, { type: "tensor" }, shape, dtypes?.[index]),
  );
  // Each line of the table has been checked to pair an operation with its attributes.
  const operation = operations[name] as Parameters<typeof builder.apply>[0];
  try {
    builder.apply(operation, inputs, attributes);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("an operation that does not suit its inputs", () => {
  it.each(refused.map((entry) => [entry[0], entry[3], entry] as const))(
    "%s says that %s, with all shapes",
    (name, complaint, entry) => {
      const [, shapes, , , dtypes] = entry;
      const types = shapes.map((shape, index) => `${dtypes?.[index] ?? "float32"}[${shape.join(", ")}]`);
      const error = errorOf(entry);
      expect(error).toBeInstanceOf(FleuronError);
      expect(error).toMatchObject({ code: "graph-shape", subject: name });
      expect(String(error)).toContain(complaint);
      for (const type of types.slice(0, name === "maxPoolGradient" ? 3 : 2)) {
        expect(String(error)).toContain(type);
      }
    },
  );

  it("is tested for every operation", () => {
    const tested = new Set<string>(refused.map(([name]) => name));
    expect(Object.keys(operations).filter((name) => !tested.has(name))).toEqual([]);
  });

  it("says which named dimension it cannot compute with", () => {
    const builder = new GraphBuilder("named");
    const x = builder.input("x", { type: "image" }, ["batch", 3, "height", 9]);
    expect(() => builder.apply(operations.maxPool, [x], pool)).toThrow(
      "maxPool: the dimension 'height' must be a number here.",
    );
  });

  it("refuses channels that are no blocks of pixels", () => {
    const builder = new GraphBuilder("blocks");
    const x = builder.input("x", { type: "image" }, ["batch", 6, 2, 3]);
    expect(() => depthToSpace(x, 2, "CRD")).toThrow("6 channels are no blocks of 2 by 2 pixels");
    expect(() => depthToSpace(reshape(x, ["batch", 36]), 2, "CRD")).toThrow("takes images [N, C, H, W]");
  });

  it("refuses to resize what is no image", () => {
    const builder = new GraphBuilder("vectors");
    const x = builder.input("x", { type: "tensor" }, ["batch", 6]);
    expect(() => resize(x, { height: 2, width: 3, mode: "linear" })).toThrow("takes images [N, C, H, W]");
  });

  it("refuses a constant that JSON cannot hold", () => {
    const builder = new GraphBuilder("infinite");
    const constant = (value: number) => builder.apply(operations.constant, [], { value });
    expect(() => constant(Number.NEGATIVE_INFINITY)).toThrow(
      "A constant must be finite in float32 but is -Infinity.",
    );
    expect(() => constant(1e39)).toThrow("A constant must be finite in float32 but is 1e+39.");
    expect(() => constant(Number.NaN)).toThrow("A constant must be finite in float32 but is NaN.");
    expect(() => constantTensor(builder, [2], [1, Number.NaN])).toThrow(
      "A constant must be finite in float32 but is NaN.",
    );
  });
});

describe("clip", () => {
  it.each([
    ["low", Number.NEGATIVE_INFINITY],
    ["high", Number.NaN],
  ] as const)("refuses a bound that JSON cannot hold: %s of %s", (name, bound) => {
    const x = new GraphBuilder("bounds").variable("x", [2]);
    expect(() => x.builder.apply(operations.clip, [x], { [name]: bound })).toThrow(
      `clip: '${name}' must be finite in float32 but is ${bound}.`,
    );
  });
});

describe("shapes", () => {
  const builder = new GraphBuilder("shapes");
  let count = 0;
  const tensor = (shape: Shape, dtype?: DType) =>
    builder.input(`x${count++}`, { type: "tensor" }, shape, dtype);

  it("broadcast as NumPy does, named dimensions too", () => {
    expect(add(tensor(["batch", 1, 4]), tensor([3, 1])).shape).toEqual(["batch", 3, 4]);
    expect(add(tensor([1]), tensor(["batch"])).shape).toEqual(["batch"]);
    expect(add(tensor([]), tensor([2, 3])).shape).toEqual([2, 3]);
  });

  it("of windows are rounded down", () => {
    const strided = { ...convolution, strides: [4, 4] } as const;
    const convolved = conv2d(tensor(["batch", 3, 227, 229]), tensor([96, 3, 11, 11]), strided);
    expect(convolved.shape).toEqual(["batch", 96, 55, 55]);
    const pooled = { kernelSize: [3, 3], strides: [2, 2], pads: [0, 1, 1, 0] } as const;
    expect(maxPool(tensor(["batch", 3, 8, 9]), pooled).shape).toEqual(["batch", 3, 4, 4]);
  });

  it("of a reshape keep the type of the elements", () => {
    const integers = tensor(["batch", 2], "int32");
    expect(reshape(integers, [2, "batch"])).toMatchObject({ dtype: "int32", shape: [2, "batch"] });
  });
});
