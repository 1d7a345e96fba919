import { inferenceGraph, interpret, referenceTensor } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { networkParameters } from "@fleuron/model";
import { drawnWeights, tinyNetwork } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import { external, type FileParts, floats, integers, onnxFile, valueInfo } from "./fixtures/onnx-file.js";
import { runImported, somePhotos } from "./fixtures/run-imported.js";
import { type ImportOptions, importOnnx } from "./import-onnx.js";

const photos = somePhotos([2, 3, 4, 4]);
const imported = (parts: FileParts, options?: ImportOptions) => importOnnx(onnxFile(parts), options);

/** What a file of the image `x` gives as `y`. */
const answer = (parts: FileParts, options?: ImportOptions) =>
  runImported(imported(parts, options), { image: photos }).get("y")!;

const variables = (parts: FileParts) =>
  imported(parts).parameters.map(({ name, kind, trainable }) => ({ name, kind, trainable }));

describe("a network that we exported", () => {
  const network = tinyNetwork();
  const graph = inferenceGraph(network);
  const weights = drawnWeights(network);
  const { channels, height, width } = network.input;
  const image = somePhotos([2, channels, height, width]);
  const tensors = networkParameters(network).map(
    ({ name, shape }) => [name, referenceTensor(shape, weights.get(name)!)] as const,
  );
  const back = importOnnx(toOnnx(graph, { values: weights }));

  it("gives the same numbers", () => {
    const [name] = graph.outputs.map((output) => output.name);
    const expected = interpret(graph, { image, ...Object.fromEntries(tensors) }).outputs.get(name!)!;
    const got = runImported(back, { image }).get(name!)!;
    expect(got.shape).toEqual(expected.shape);
    const differences = got.data.map((value, index) => Math.abs(value - expected.data[index]!));
    expect(Math.max(...differences)).toBeLessThan(1e-6);
  });

  it("keeps which variables are kernels and which are statistics", () => {
    expect(back.parameters.filter(({ kind }) => kind === "kernel")).toHaveLength(4);
    const fixed = back.parameters.filter(({ trainable }) => !trainable);
    expect(new Set(fixed.map(({ kind }) => kind))).toEqual(new Set(["movingMean", "movingVariance"]));
  });

  it("says who made the file", () => {
    expect(back).toMatchObject({ opset: 15, input: { name: "image", layout: "NCHW" } });
    expect(back.producer).toContain("fleuron");
  });
});

describe("variables", () => {
  const normalisation = (inputs: readonly string[], attributes = {}): FileParts["nodes"][number] => ({
    op: "BatchNormalization",
    inputs,
    attributes,
  });

  it("are two where an exporter stored equal ones once, and a statistic is never trained", () => {
    const parts = {
      nodes: [normalisation(["x", "ones", "zeros", "zeros", "ones"])],
      initializers: [floats("ones", [3], [1, 1, 1]), floats("zeros", [3], [0, 0, 0])],
    };
    expect(variables(parts)).toEqual([
      { name: "ones", kind: "gamma", trainable: true },
      { name: "zeros", kind: "beta", trainable: true },
      { name: "zeros_2", kind: "movingMean", trainable: false },
      { name: "ones_2", kind: "movingVariance", trainable: false },
    ]);
  });

  const conv = { op: "Conv", inputs: ["x", "w"] };
  const kernel = floats("w", [2, 3, 1, 1]);
  it.each<[string, FileParts]>([
    ["initializers", { nodes: [conv], initializers: [kernel] }],
    [
      "initializers that are inputs as well",
      {
        nodes: [conv],
        initializers: [kernel],
        inputs: [valueInfo("x", [1, 3, 4, 4]), valueInfo("w", [2, 3, 1, 1])],
      },
    ],
    [
      "Constant nodes",
      {
        nodes: [{ op: "Constant", inputs: [], outputs: ["w"], attributes: { value: kernel } }, conv],
      },
    ],
    [
      "behind Identity",
      {
        nodes: [{ op: "Identity", inputs: ["v"], outputs: ["w"] }, conv],
        initializers: [floats("v", [2, 3, 1, 1])],
      },
    ],
  ])("are kernels as %s", (_, parts) => {
    expect(imported(parts).parameters).toMatchObject([
      { kind: "kernel", shape: [2, 3, 1, 1], trainable: true },
    ]);
    expect(answer(parts).shape).toEqual([2, 2, 4, 4]);
    expect(answer(parts).data[0]).toBeCloseTo(
      0.1 * photos.data[0]! + 0.2 * photos.data[16]! + 0.3 * photos.data[32]!,
      6,
    );
  });

  it("are kernels as what ConstantOfShape fills", () => {
    const parts: FileParts = {
      nodes: [
        {
          op: "ConstantOfShape",
          inputs: ["shape"],
          outputs: ["w"],
          attributes: { value: floats("", [1], [0.02]) },
        },
        conv,
      ],
      initializers: [integers("shape", [2, 3, 1, 1])],
    };
    expect(imported(parts).values.get("w")).toEqual(new Float32Array(6).fill(0.02));
  });

  it("are turned to [inputs, outputs] where Gemm has them the other way round", () => {
    const parts: FileParts = {
      nodes: [
        { op: "Flatten", inputs: ["x"], outputs: ["flat"] },
        { op: "Gemm", inputs: ["flat", "w"], attributes: { transB: 1 } },
      ],
      initializers: [floats("w", [2, 48])],
    };
    const { parameters, values } = imported(parts);
    expect(parameters).toMatchObject([{ kind: "kernel", shape: [48, 2], fanIn: 48, fanOut: 2 }]);
    expect(values.get("w")!.slice(0, 2)).toEqual(Float32Array.of(0.1, 4.9));
  });
});

describe("what exporters write", () => {
  it("a batch that shape arithmetic computes: Shape, Gather, Concat, Reshape", () => {
    const y = answer({
      nodes: [
        { op: "Shape", inputs: ["x"], outputs: ["shape"] },
        { op: "Gather", inputs: ["shape", "zero"], outputs: ["batch"], attributes: { axis: 0 } },
        { op: "Concat", inputs: ["batch", "rest"], outputs: ["target"], attributes: { axis: 0 } },
        { op: "Reshape", inputs: ["x", "target"] },
      ],
      initializers: [integers("zero", [0]), integers("rest", [-1])],
    });
    expect(y).toEqual(referenceTensor([2, 48], photos.data));
  });

  it("a batch of 1 in Reshape, which a file for one photo has", () => {
    const y = answer({
      nodes: [{ op: "Reshape", inputs: ["x", "target"] }],
      inputs: [valueInfo("x", [1, 3, 4, 4])],
      initializers: [integers("target", [1, -1])],
    });
    expect(y.shape).toEqual([2, 48]);
  });

  it("−1 for an open length", () => {
    const parts: FileParts = {
      nodes: [{ op: "Relu", inputs: ["x"] }],
      inputs: [valueInfo("x", [-1, 3, -1, -1])],
    };
    expect(imported(parts, { imageSize: [5, 7] }).graph.types[0]!.shape).toEqual(["batch", 3, 5, 7]);
  });

  it("images in NHWC, which the graph takes as NCHW", () => {
    const parts: FileParts = {
      nodes: [{ op: "Transpose", inputs: ["x"], attributes: { perm: [0, 3, 1, 2] } }],
      inputs: [valueInfo("x", ["unk__1", 4, 4, 3])],
    };
    expect(imported(parts).input).toEqual({ name: "x", layout: "NHWC" });
    expect(answer(parts)).toEqual(photos);
  });

  it("an input that nothing reads", () => {
    const parts: FileParts = {
      nodes: [{ op: "Relu", inputs: ["x"] }],
      inputs: [valueInfo("x", [1, 3, 4, 4]), valueInfo("mean", [1, 1, 1, 3])],
    };
    expect(imported(parts).graph.inputs).toHaveLength(1);
  });

  it("an input that is no image, which the caller gives", () => {
    const parts: FileParts = {
      nodes: [{ op: "Sub", inputs: ["x", "mean"] }],
      inputs: [valueInfo("x", [1, 3, 4, 4]), valueInfo("mean", [1, 3, 1, 1])],
    };
    const y = answer(parts, { inputs: { mean: [1, 2, 3] } });
    expect(y.data[0]).toBeCloseTo(photos.data[0]! - 1, 6);
    expect(y.data[16]).toBeCloseTo(photos.data[16]! - 2, 6);
  });

  it("two outputs, one of them of integers", () => {
    const { graph } = imported({
      nodes: [
        { op: "Flatten", inputs: ["x"] },
        { op: "ArgMax", inputs: ["y"], outputs: ["label"], attributes: { axis: 1, keepdims: 0 } },
      ],
      outputs: ["y", "label"],
    });
    expect(graph.outputs.map(({ name, value }) => [name, graph.types[value]!.dtype])).toEqual([
      ["y", "float32"],
      ["label", "int32"],
    ]);
  });

  it("nodes in an order in which they cannot be computed", () => {
    const y = answer({
      nodes: [
        { op: "Relu", inputs: ["later"] },
        { op: "Neg", inputs: ["x"], outputs: ["later"] },
      ],
    });
    expect(y.data[0]).toBe(Math.max(0, -photos.data[0]!));
  });

  it("weights in a file beside the model, which is read once", () => {
    const data = new Uint8Array(Float32Array.of(9, 1, 2, 3, 4, 5, 6).buffer);
    const location = "net.onnx.data";
    const parts: FileParts = {
      nodes: [{ op: "Conv", inputs: ["x", "w", "b"] }],
      initializers: [
        external("w", [2, 3, 1, 1], { location, offset: "4", length: "24" }),
        external("b", [2], { location, offset: "0", length: "8" }),
      ],
    };
    const paths: string[] = [];
    const { values } = imported(parts, {
      externalData(path) {
        paths.push(path);
        return data;
      },
    });
    expect([...values.get("w")!]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...values.get("b")!]).toEqual([9, 1]);
    expect(paths).toEqual([location]);
  });

  it("metadata, such as labels", () => {
    const parts: FileParts = { nodes: [{ op: "Relu", inputs: ["x"] }], metadata: { character: "a\nb" } };
    expect(imported(parts).metadata).toEqual({ character: "a\nb" });
  });

  it("batch normalisation of weights in training form, as weight-standardised networks have it", () => {
    const y = answer({
      nodes: [
        { op: "Reshape", inputs: ["w", "row"], outputs: ["flat"] },
        {
          op: "BatchNormalization",
          inputs: ["flat", "gamma", "beta", "beta", "gamma"],
          outputs: ["standard", "mean", "variance"],
          attributes: { training_mode: 1, epsilon: { float: 0 } },
        },
        { op: "Reshape", inputs: ["standard", "kernel"], outputs: ["k"] },
        { op: "Conv", inputs: ["x", "k"] },
      ],
      initializers: [
        floats("w", [2, 3, 1, 1]),
        integers("row", [1, 2, 3]),
        integers("kernel", [2, 3, 1, 1]),
        floats("gamma", [2], [1, 1]),
        floats("beta", [2], [0, 0]),
      ],
    });
    // Each kernel is three numbers at equal distance: standardised, −√1.5, 0 and √1.5.
    expect(y.data[0]).toBeCloseTo(Math.sqrt(1.5) * (photos.data[32]! - photos.data[0]!), 5);
  });

  it.each([
    [11, 1],
    [13, 3],
  ])("Softmax by the rule of opset %i", (opset, alike) => {
    const y = answer({ nodes: [{ op: "Softmax", inputs: ["x"], attributes: { axis: 1 } }], opset });
    // Until opset 12 over all axes from the given one on.
    const first = photos.data.slice(0, 48);
    const among = alike === 1 ? [...first] : [first[0]!, first[16]!, first[32]!];
    const sum = among.reduce((total, number) => total + Math.exp(number), 0);
    expect(y.data[0]).toBeCloseTo(Math.exp(first[0]!) / sum, 6);
  });
});

it.each([
  ["Max", 5],
  ["Min", 1],
])("%s of three constants heeds the third", (op, expected) => {
  const back = imported({
    nodes: [
      { op, inputs: ["a", "b", "c"], outputs: ["chosen"] },
      { op: "Mul", inputs: ["x", "chosen"] },
    ],
    initializers: [floats("a", [1], [3]), floats("b", [1], [4]), floats("c", [1], [op === "Max" ? 5 : 1])],
  });
  const { data } = runImported(back, { image: photos }).get("y")!;
  expect(Array.from(data)).toEqual(Array.from(photos.data, (value) => value * expected));
});
