import { TensorProto_DataType } from "@fleuron/graph/onnx/schema";
import { FleuronError } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import {
  external,
  type FileNode,
  type FileParts,
  floats,
  integers,
  onnxFile,
  scalar,
  valueInfo,
} from "./fixtures/onnx-file.js";
import { type ImportOptions, importOnnx } from "./import-onnx.js";

function refusal(file: FileParts | Uint8Array, options?: ImportOptions): FleuronError {
  try {
    importOnnx(file instanceof Uint8Array ? file : onnxFile(file), options);
  } catch (error) {
    if (error instanceof FleuronError) return error;
    throw error;
  }
  throw new Error("it was imported");
}

const node = (op: string, rest: Partial<FileNode> = {}): FileNode => ({ op, inputs: ["x"], ...rest });
const relu: FileParts = { nodes: [node("Relu")] };

describe("operators that are not read", () => {
  it.each([
    ["QLinearConv", "quantised"],
    ["DequantizeLinear", "quantised"],
    ["If", "control flow"],
    ["RandomUniformLike", "random"],
    ["StatelessRandomUniformV2", "random"],
    ["Erfc", "approximate=True"],
    ["StatefulPartitionedCall", "No ONNX has this operator"],
    ["NonMaxSuppression", "detector"],
    ["LSTM", "sequences"],
  ])("%s: the cause is said", (op, cause) => {
    const { code, message, hint } = refusal({ nodes: [node(op)] });
    expect(code).toBe("onnx-unsupported");
    expect(message).toBe(`The file has an operator that is not read: ${op} (first '${op}_y').`);
    expect(hint).toContain(cause);
  });

  it("all are named at once, each with its first node", () => {
    const nodes = [
      node("Foo", { outputs: ["a"] }),
      node("Bar", { inputs: ["a"], outputs: ["b"] }),
      node("Foo", { inputs: ["b"] }),
    ];
    expect(refusal({ nodes }).message).toBe(
      "The file has operators that are not read: Foo (first 'Foo_a'), Bar (first 'Bar_b').",
    );
  });

  it("those of a runtime's own domain send to the file before", () => {
    const { message, hint } = refusal({ nodes: [node("FusedConv", { domain: "com.microsoft" })] });
    expect(message).toContain("com.microsoft.FusedConv");
    expect(hint).toContain("before it was optimised");
  });
});

describe("forms that are not read", () => {
  /** The places of photos, as exporters count them: `range` [batch]. */
  const photoRange = [
    node("Shape", { outputs: ["length"], attributes: { start: 0, end: 1 } }),
    node("Squeeze", { inputs: ["length"], outputs: ["batch"] }),
    node("Range", { inputs: ["from", "batch", "by"], outputs: ["range"] }),
  ];
  const rangeNumbers = [scalar("from", 0), scalar("by", 1)];
  const scales = ["gamma", "beta", "beta", "gamma"];
  const three = [floats("gamma", [3], [1, 1, 1]), floats("beta", [3], [0, 0, 0])];
  it.each<[string, FileParts, string]>([
    [
      "batch statistics on the image",
      {
        nodes: [node("BatchNormalization", { inputs: ["x", ...scales], attributes: { training_mode: 1 } })],
        initializers: three,
      },
      "normalises by the photos of a batch, so that a photo's answer depends on the others",
    ],
    [
      "active Dropout",
      {
        nodes: [
          node("Constant", { inputs: [], outputs: ["on"], attributes: { value_int: 1 } }),
          node("Dropout", { inputs: ["x", "", "on"] }),
        ],
      },
      "drops units at random",
    ],
    [
      "the places of maxima",
      {
        nodes: [node("MaxPool", { outputs: ["y", "places"], attributes: { kernel_shape: [2, 2] } })],
      },
      "gives the places of its maxima as well",
    ],
    [
      "dilated averages",
      { nodes: [node("AveragePool", { attributes: { kernel_shape: [2, 2], dilations: [2, 2] } })] },
      "has dilated windows",
    ],
    [
      "a resize that crops channels",
      {
        nodes: [
          node("Resize", {
            inputs: ["x", "roi", "", "sizes"],
            attributes: { coordinate_transformation_mode: "tf_crop_and_resize" },
          }),
        ],
        initializers: [floats("roi", [8], [0, 0.5, 0, 0, 1, 1, 1, 1]), integers("sizes", [1, 3, 8, 8])],
      },
      "crops batch or channels",
    ],
    [
      "a resize to the length of the batch",
      {
        nodes: [
          node("Shape", { outputs: ["length"], attributes: { start: 0, end: 1 } }),
          node("Concat", { inputs: ["length", "side"], outputs: ["sizes"], attributes: { axis: 0 } }),
          node("Resize", { inputs: ["x", "", "", "sizes"], attributes: { axes: [2, 3] } }),
        ],
        initializers: [integers("side", [4])],
      },
      "resizes to the length of the batch",
    ],
    [
      "channels that keep the ratio of the image",
      {
        nodes: [
          node("Resize", {
            inputs: ["x", "", "", "sizes"],
            attributes: { keep_aspect_ratio_policy: "not_smaller" },
          }),
        ],
        initializers: [integers("sizes", [1, 3, 8, 8])],
      },
      "resizes batch or channels",
    ],
    [
      "nearest pixels of opset 10 that are less in height and more in width",
      {
        nodes: [node("Resize", { inputs: ["x", "scales"] })],
        initializers: [floats("scales", [4], [1, 1, 0.5, 2])],
        opset: 10,
      },
      "shrinks one axis where it grows the other",
    ],
    [
      "as many copies as there are photos",
      {
        nodes: [
          node("Shape", { outputs: ["length"], attributes: { start: 0, end: 1 } }),
          node("Concat", { inputs: ["ones", "length"], outputs: ["counts"], attributes: { axis: 0 } }),
          node("Tile", { inputs: ["x", "counts"] }),
        ],
        initializers: [integers("ones", [1, 1, 1])],
      },
      "has the length of the batch in its input 2",
    ],
    [
      "places that depend on the image",
      {
        nodes: [
          node("ArgMax", { outputs: ["largest"], attributes: { axis: 1, keepdims: 0 } }),
          node("Gather", { inputs: ["x", "largest"], attributes: { axis: 1 } }),
        ],
      },
      "has an input 2 that depends on the image",
    ],
    [
      "a constant that is no number",
      {
        nodes: [node("Clip", { inputs: ["x", "low"] })],
        initializers: [floats("low", [], [Number.NaN])],
      },
      "computes with a constant that is no number",
    ],
    [
      "a part of the batch",
      {
        nodes: [node("Slice", { inputs: ["x", "from", "to"] })],
        initializers: [integers("from", [0]), integers("to", [1])],
      },
      "takes a part of the batch",
    ],
    [
      "photos that are cut by another axis",
      {
        nodes: [node("Reshape", { inputs: ["x", "shape"] })],
        initializers: [integers("shape", [4, -1])],
      },
      "joins the batch with another axis",
    ],
    [
      "the first photo's numbers for all",
      {
        nodes: [
          ...photoRange,
          node("Gather", { inputs: ["range", "zero"], outputs: ["first"] }),
          node("Add", { inputs: ["x", "first"] }),
        ],
        initializers: [integers("zero", [0]), ...rangeNumbers],
      },
      "computes with the places of photos in their batch",
    ],
    [
      "another photo's numbers",
      {
        nodes: [
          ...photoRange,
          node("Reshape", { inputs: ["x", "rest"], outputs: ["flat"] }),
          node("Gather", { inputs: ["flat", "range"], attributes: { axis: 0 } }),
        ],
        initializers: [integers("rest", [-1]), ...rangeNumbers],
      },
      "takes of a photo what is another's",
    ],
  ])("%s", (_, parts, words) => {
    const { code, message } = refusal(parts);
    expect(code).toBe("onnx-unsupported");
    expect(message).toContain(words);
    expect(message).toMatch(/^\w+ '\w+_\w+' /);
  });
});

describe("inputs", () => {
  it("no image: what there is is named", () => {
    const inputs = [valueInfo("ids", [1, 77], TensorProto_DataType.INT64)];
    expect(refusal({ nodes: [node("Relu", { inputs: ["ids"] })], inputs }).message).toBe(
      "The file takes no image [batch, channels, height, width]; its inputs: ids [1,77].",
    );
  });

  it("bytes: which form of the file is read", () => {
    const inputs = [valueInfo("pixels", ["N", 8, 8, 3], TensorProto_DataType.UINT8)];
    const { message, hint } = refusal({ nodes: [node("Relu", { inputs: ["pixels"] })], inputs });
    expect(message).toContain("its inputs: pixels [N,8,8,3].");
    expect(hint).toContain("import its form that takes float32");
  });

  it("a second one that is read", () => {
    const { code, message, hint } = refusal({
      nodes: [node("Sub", { inputs: ["x", "mean"] })],
      inputs: [valueInfo("x", [1, 3, 4, 4]), valueInfo("mean", [3])],
    });
    expect({ code, message }).toEqual({
      code: "onnx-option",
      message: "Beside the image 'x' the file wants 'mean'.",
    });
    expect(hint).toContain("`inputs`");
  });

  it("an open size, and one that the file does not take", () => {
    const open = { ...relu, inputs: [valueInfo("x", ["N", 3, "h", "w"])] };
    expect(refusal(open)).toMatchObject({
      code: "onnx-option",
      message: "The image 'x' may have any size: [N, 3, h, w].",
    });
    expect(refusal(relu, { imageSize: [8, 8] }).message).toBe(
      "The file takes images of 4 × 4, not of 8 × 8.",
    );
  });

  it("a size that no photo has", () => {
    const inputs = [valueInfo("x", ["N", 3, 200_000, 8])];
    expect(refusal({ ...relu, inputs }).message).toBe(
      "The image 'x' is 3 × 200000 × 8; lengths of 1 to 65536 are read.",
    );
  });

  it("a value for an input that is not there, or of another length", () => {
    expect(refusal(relu, { inputs: { mean: 1 } }).message).toBe("The file has no input 'mean'; it has x.");
    const file = { ...relu, inputs: [valueInfo("x", [1, 3, 4, 4]), valueInfo("mean", [3])] };
    expect(refusal(file, { inputs: { mean: [1, 2] } }).message).toBe(
      "The input 'mean' takes 3 numbers, and was given 2.",
    );
  });
});

describe("bad files", () => {
  const whole = onnxFile({
    nodes: [node("Conv", { inputs: ["x", "w"] })],
    initializers: [floats("w", [2, 3, 1, 1])],
  });

  it.each([0, 1, 20, whole.length >> 1, whole.length - 1])("cut after %i bytes", (length) => {
    expect(refusal(whole.subarray(0, length)).code).toMatch(/^onnx-(invalid|unsupported)$/);
  });

  it("no ONNX at all", () => {
    expect(refusal(new TextEncoder().encode("<html>not found</html>")).message).toBe(
      "The file is not ONNX, or it is cut.",
    );
  });

  it("a pointer of Git LFS, as a download without it gives", () => {
    const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4c54ace7\nsize 13964571\n";
    expect(refusal(new TextEncoder().encode(pointer)).hint).toContain("git lfs pull");
  });

  it.each([
    [29, "take a newer version of Fleuron"],
    [5, "onnx.version_converter"],
  ])("opset %i", (opset, hint) => {
    const error = refusal({ ...relu, opset });
    expect(error.message).toBe(`The file has opset ${opset}; 6 to 28 are read.`);
    expect(error.hint).toContain(hint);
  });

  it.each<[string, FileParts, string]>([
    [
      "a cycle",
      { nodes: [node("Add", { inputs: ["x", "z"] }), node("Relu", { inputs: ["y"], outputs: ["z"] })] },
      "the graph has a cycle",
    ],
    [
      "a value that nothing gives",
      { nodes: [node("Relu", { inputs: ["lost"] })] },
      "reads 'lost', which nothing gives",
    ],
    ["two nodes of one output", { nodes: [node("Relu"), node("Neg")] }, "Two nodes give 'y'"],
    ["no graph", { nodes: [] }, "The file holds no graph"],
    [
      "an output that depends on nothing",
      { nodes: [node("Shape")] },
      "No output of the file depends on its image",
    ],
    [
      "an output that only weights give",
      {
        nodes: [
          node("Shape", { outputs: ["size"], attributes: { start: 2 } }),
          node("MatMul", { inputs: ["w", "w"], outputs: ["square"] }),
          node("Reshape", { inputs: ["square", "size"] }),
        ],
        initializers: [floats("w", [4, 4])],
      },
      "No output of the file depends on its image",
    ],
    [
      "an attribute of another type",
      { nodes: [node("Flatten", { attributes: { axis: "one" } })] },
      "The attribute 'axis' of Flatten 'Flatten_y' is of another type",
    ],
    [
      "a tensor with fewer numbers than its shape",
      { nodes: [node("Add", { inputs: ["x", "w"] })], initializers: [floats("w", [4], [1, 2])] },
      "The tensor 'w' has 2 elements instead of 4",
    ],
    [
      "shapes that do not suit each other",
      { nodes: [node("Add", { inputs: ["x", "w"] })], initializers: [floats("w", [5])] },
      "Add 'Add_y' cannot be computed",
    ],
  ])("%s", (_, parts, words) => {
    const { code, message } = refusal(parts);
    expect(code).toBe("onnx-invalid");
    expect(message).toContain(words);
  });

  it.each<[string, FileNode, readonly number[]]>([
    ["Expand", node("Expand", { inputs: ["x", "n"] }), [2 ** 20, 1, 1, 1, 1]],
    ["Tile", node("Tile", { inputs: ["x", "n"] }), [1, 1, 2 ** 20, 2 ** 20]],
    [
      "Pad",
      node("Pad", { inputs: ["x", "n"], attributes: { mode: "edge" } }),
      [0, 0, 0, 0, 0, 0, 2 ** 40, 0],
    ],
    ["ConstantOfShape", node("ConstantOfShape", { inputs: ["n"], outputs: ["filled"] }), [2 ** 40]],
  ])("%s that asks for more than there is memory", (_, each, numbers) => {
    const add = node("Add", { inputs: ["x", "filled"] });
    const parts = { nodes: each.outputs ? [each, add] : [each], initializers: [integers("n", numbers)] };
    expect(refusal(parts)).toMatchObject({
      code: "onnx-unsupported",
      message: expect.stringMatching(/gives \d+(e\+\d+)? elements/),
    });
  });

  it.each<[string, readonly FileNode[], string, number?]>([
    [
      "Range, then a million numbers twice",
      [
        node("Range", { inputs: ["none", "million", "one"], outputs: ["range"] }),
        node("Neg", { inputs: ["range"], outputs: ["negative"] }),
        node("Gather", { inputs: ["x", "negative"] }),
      ],
      "Neg 'Neg_negative' gives 1000000 elements, more than a file of its size needs",
    ],
    [
      "a terabyte of ones, each the product of no numbers",
      [
        node("ConstantOfShape", { inputs: ["noRows"], outputs: ["nothing"] }),
        node("ReduceProd", { inputs: ["nothing", "zero"], outputs: ["products"] }),
        node("Add", { inputs: ["x", "products"] }),
      ],
      "ReduceProd 'ReduceProd_products' gives 1099511627776 elements, more than a file of its size needs",
    ],
    [
      "pieces of shapes that do not suit each other",
      [
        node("Concat", { inputs: ["wide", "scales2"], outputs: ["both"], attributes: { axis: 0 } }),
        node("Add", { inputs: ["x", "both"] }),
      ],
      "Concat 'Concat_both' has shapes that differ on other axes",
    ],
    [
      "nothing that is put together",
      [node("Concat", { inputs: [], outputs: ["both"] }), node("Add", { inputs: ["x", "both"] })],
      "Concat 'Concat_both' has no inputs",
    ],
    [
      "an axis between two",
      [node("ReduceMean", { inputs: ["x", "half"] })],
      "ReduceMean 'ReduceMean_y' needs whole numbers and is given 0.5",
    ],
    [
      "an axis that is added twice",
      [node("Unsqueeze", { attributes: { axes: [1, 1] } })],
      "Unsqueeze 'Unsqueeze_y' adds an axis twice, of [1,1]",
    ],
    [
      "places between two numbers",
      [
        node("GatherND", { inputs: ["scales2", "half"], outputs: ["found"] }),
        node("Add", { inputs: ["x", "found"] }),
      ],
      "GatherND 'GatherND_found' needs whole numbers and is given 0.5",
    ],
    [
      "an axis that is left out and is not 1 long",
      [
        node("Squeeze", { inputs: ["wide"], outputs: ["none2"], attributes: { axes: [0] } }),
        node("Add", { inputs: ["x", "none2"] }),
      ],
      "Squeeze 'Squeeze_none2' leaves out axis 0 of [4]",
    ],
    [
      "an axis of what has none",
      [
        node("Concat", { inputs: ["none", "one"], outputs: ["both"], attributes: { axis: 0 } }),
        node("Add", { inputs: ["x", "both"] }),
      ],
      "Concat 'Concat_both' has no axis 0: its input has 0",
    ],
    [
      "a fill of two numbers",
      [
        node("ConstantOfShape", {
          inputs: ["wide"],
          outputs: ["filled"],
          attributes: { value: floats("value", [2]) },
        }),
        node("Add", { inputs: ["x", "filled"] }),
      ],
      "ConstantOfShape 'ConstantOfShape_filled' fills with 2 numbers",
    ],
    [
      "windows in pads of their length",
      [node("MaxPool", { attributes: { kernel_shape: [3, 3], pads: [0, 3, 0, 0] } })],
      "MaxPool 'MaxPool_y' has pads of [0,3,0,0] for windows of [3,3]",
    ],
    [
      "windows that read a photo ten thousand times",
      [
        node("MaxPool", {
          attributes: { kernel_shape: [1024, 1024], pads: [1023, 1023, 1023, 1023] },
        }),
      ],
      "MaxPool 'MaxPool_y' reads 3317890547712 pixels of a photo",
    ],
    [
      "both sizes of Resize",
      [node("Resize", { inputs: ["x", "", "scales", "sizes"] })],
      "Resize 'Resize_y' has scales and sizes",
    ],
    [
      "a mean of a hundred pixels in a row",
      [
        node("Tile", { inputs: ["x", "wide"], outputs: ["long"] }),
        node("Resize", { inputs: ["long", "", "", "sizes"], attributes: { antialias: 1, mode: "linear" } }),
      ],
      "Resize 'Resize_y' averages more than 64 pixels in a row",
    ],
    [
      "neither size of Resize",
      [node("Resize", { inputs: ["x", "", "", ""] })],
      "Resize 'Resize_y' has neither scales nor sizes",
    ],
    [
      "fewer sizes than axes",
      [node("Resize", { inputs: ["x", "", "", "two"] })],
      "Resize 'Resize_y' has 2 numbers for 4 axes",
    ],
    [
      "a ratio that is kept of scales",
      [
        node("Resize", {
          inputs: ["x", "", "scales"],
          attributes: { keep_aspect_ratio_policy: "not_larger" },
        }),
      ],
      "Resize 'Resize_y' keeps the aspect ratio of sizes and has scales",
    ],
    [
      "a cut of Flatten beyond its axes",
      [node("Flatten", { attributes: { axis: 5 } })],
      "Flatten 'Flatten_y' has no axis 5: its input has 4",
    ],
    [
      "parts of Split that are more than there is",
      [node("Split", { inputs: ["x", "two"], outputs: ["y", "rest"], attributes: { axis: 1 } })],
      "Split 'Split_y' splits an axis of 3 into [2,2]",
    ],
    [
      "more starts of Slice than ends",
      [node("Slice", { inputs: ["x", "two", "one1"] })],
      "Slice 'Slice_y' has not as many starts as ends, axes and steps",
    ],
    [
      "a second operand of opset 6 that begins too late",
      [node("Add", { inputs: ["x", "scales2"], attributes: { broadcast: 1, axis: 3 } })],
      "Add 'Add_y' has no axes for [2, 2] from axis 3 on",
      6,
    ],
    [
      "a length of ConvTranspose for one axis of two",
      [node("ConvTranspose", { inputs: ["x", "kernel"], attributes: { output_shape: [9] } })],
      "ConvTranspose 'ConvTranspose_y' has 1 numbers in 'output_shape'",
    ],
    [
      "a size of LRN beyond its channels",
      [node("LRN", { attributes: { size: 2 ** 31 } })],
      "LRN 'LRN_y' has a 'size' of 2147483648",
    ],
  ])("%s", (_, nodes, words, opset = 18) => {
    const initializers = [
      ...[scalar("none", 0), scalar("one", 1), scalar("million", 1_000_000)],
      ...[floats("scales", [4], [1, 1, 2, 2]), integers("sizes", [1, 3, 4, 4])],
      ...[integers("wide", [1, 1, 1, 100]), floats("scales2", [2, 2])],
      ...[floats("half", [1, 1], [0.5]), integers("two", [2, 2]), integers("one1", [1])],
      ...[floats("kernel", [3, 2, 3, 3]), integers("noRows", [0, 2 ** 40])],
      integers("zero", [0]),
    ];
    expect(refusal({ nodes, initializers, opset }).message).toContain(words);
  });

  it("a window of a million pixels", () => {
    const file = { nodes: [node("MaxPool", { attributes: { kernel_shape: [1_000_000, 1] } })] };
    expect(refusal(file).message).toBe("MaxPool 'MaxPool_y' has kernel_shape of [1000000,1].");
  });
});

describe("data beside the model", () => {
  const file = (place: Readonly<Record<string, string>>): FileParts => ({
    nodes: [node("Conv", { inputs: ["x", "w"] })],
    initializers: [external("w", [2, 3, 1, 1], place)],
  });

  it.each([
    ["missing", { location: "a.data" }, "is not there"],
    ["outside of its folder", { location: "../a.data" }, "is not in the model's folder"],
    ["at an absolute path", { location: "/etc/a.data" }, "is not in the model's folder"],
    ["without a name", {}, "is not in the model's folder"],
    ["too short", { location: "short.data", offset: "8" }, "has 24 bytes and should have 32"],
    ["before its begin", { location: "short.data", offset: "-8" }, "cannot be read from byte '-8' on"],
    ["at no number", { location: "short.data", offset: "eight" }, "cannot be read from byte 'eight' on"],
  ])("%s", (_, place, words) => {
    const externalData = (path: string) => (path === "short.data" ? new Uint8Array(24) : undefined);
    const { code, message } = refusal(file(place), { externalData });
    expect(code).toBe("onnx-external-data");
    expect(message).toContain(words);
  });
});
