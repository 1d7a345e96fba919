import { fromBinary } from "@bufbuild/protobuf";
import { type Network, networkParameters } from "@fleuron/model";
import { tinyNetwork } from "@fleuron/testing";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../builder.js";
import { bindDimensions } from "../dimensions.js";
import { relativeError } from "../fixtures/case-graph.js";
import { networkFeeds } from "../fixtures/network-feeds.js";
import { winogradForms } from "../fixtures/winograd-forms.js";
import { interpret } from "../interpreter/interpret.js";
import { type ReferenceTensor, referenceTensor } from "../interpreter/reference-tensor.js";
import { inferenceGraph, trainingGraph } from "../network.js";
import { add, multiply } from "../operations/arithmetic.js";
import { constant } from "../operations/constant.js";
import { relu } from "../operations/relu.js";
import { ModelProtoSchema } from "./generated/onnx_pb.js";
import { cpuTrainingLowerings } from "./operations/index.js";
import { toOnnx, updateName } from "./to-onnx.js";

const parse = (model: Uint8Array) => fromBinary(ModelProtoSchema, model);
const names = (entries: readonly { readonly name: string }[]) => entries.map(({ name }) => name);

async function run(model: Uint8Array, feeds: Readonly<Record<string, ReferenceTensor>>) {
  const session = await InferenceSession.create(model, { logSeverityLevel: 3, intraOpNumThreads: 1 });
  const tensors = session.inputNames.map((name) => {
    const { data, shape } = feeds[name]!;
    return [name, new Tensor("float32", Float32Array.from(data), shape)] as const;
  });
  const results = await session.run(Object.fromEntries(tensors));
  await session.release();
  return results;
}

const network: Network = tinyNetwork();
const training = trainingGraph(network);
const inference = inferenceGraph(network);

describe("a model", () => {
  it("says its opset, its IR version and who made it", () => {
    const { irVersion, opsetImport, producerName, graph } = parse(toOnnx(inference));
    expect({ irVersion, producerName }).toEqual({ irVersion: 8n, producerName: "fleuron" });
    expect(opsetImport.map(({ domain, version }) => [domain, version])).toEqual([["", 15n]]);
    expect(graph?.name).toBe("tiny-inference");
  });

  it("asks for a newer opset only where an operator needs it", () => {
    const { irVersion, opsetImport } = parse(toOnnx(training));
    expect([irVersion, opsetImport[0]!.version]).toEqual([8n, 16n]);
  });

  it("states the size of a convolution's kernel, which some readers do not infer", () => {
    const convolution = parse(toOnnx(inference)).graph!.node.find(({ opType }) => opType === "Conv")!;
    expect(convolution.attribute.find(({ name }) => name === "kernel_shape")!.ints).toEqual([5n, 5n]);
  });

  it("asks for onnxruntime's own operators only where it uses one", () => {
    const wide: Network = {
      ...network,
      input: { channels: 16, height: 8, width: 8 },
      layers: [
        {
          type: "conv2d",
          id: "conv",
          filters: 16,
          kernelSize: [3, 3],
          strides: [1, 1],
          padding: "same",
          activation: "linear",
        },
      ],
    };
    const bound = bindDimensions(inferenceGraph(wide), { batch: 2 });
    const domains = (model: Uint8Array) => parse(model).opsetImport.map(({ domain }) => domain);
    expect(domains(toOnnx(bound, { lowerings: cpuTrainingLowerings(winogradForms) }))).toEqual([
      "",
      "com.microsoft",
    ]);
    expect(domains(toOnnx(bound))).toEqual([""]);
  });

  it("has the graph's inputs and variables as inputs, its outputs and updates as outputs", () => {
    const { graph } = parse(toOnnx(training));
    expect(names(graph!.input)).toEqual([...names(training.inputs), ...names(training.variables)]);
    expect(names(graph!.output)).toEqual([
      ...names(training.outputs),
      ...names(training.updates).map(updateName),
    ]);
  });

  it("names nodes by their layers", () => {
    const { graph } = parse(toOnnx(training));
    expect(graph!.node.map(({ name }) => name)).toContain("conv2/Relu");
    expect(graph!.node.every(({ name, output }) => name === output[0])).toBe(true);
  });

  it("has no node that no output needs", () => {
    const { graph } = parse(toOnnx(training));
    const read = new Set([...graph!.node.flatMap(({ input }) => input), ...names(graph!.output)]);
    expect(graph!.node.filter(({ output }) => !output.some((name) => read.has(name)))).toEqual([]);
    expect(graph!.initializer.filter(({ name }) => !read.has(name))).toEqual([]);
  });
});

describe.each([1, 3, 7])("with an open batch, a batch of %i", (batch) => {
  it("trains", async () => {
    const feeds = networkFeeds(network, training, { batch, seed: batch });
    const results = await run(toOnnx(training), feeds);
    const { outputs, updates } = interpret(training, feeds);
    for (const [name, { data }] of outputs) {
      expect(relativeError(results[name]!.data as Float32Array, data), name).toBeLessThan(1e-4);
    }
    for (const [name, { data }] of updates) {
      expect(relativeError(results[updateName(name)]!.data as Float32Array, data), name).toBeLessThan(1e-5);
    }
  });

  it("infers", async () => {
    const feeds = networkFeeds(network, inference, { batch, seed: batch });
    const { logits } = await run(toOnnx(inference), feeds);
    expect(logits!.dims).toEqual([batch, 4]);
    const expected = interpret(inference, feeds).outputs.get("logits")!.data;
    expect(relativeError(logits!.data as Float32Array, expected)).toBeLessThan(1e-5);
  });
});

describe("values", () => {
  const feeds = networkFeeds(network, inference, { batch: 2 });
  const parameters = networkParameters(network).map(({ name }) => name);
  const valuesOf = (some: readonly string[]) =>
    new Map(some.map((name) => [name, Float32Array.from(feeds[name]!.data)]));

  it("become initializers, and the model takes photos alone", async () => {
    const model = toOnnx(inference, { values: valuesOf(parameters) });
    expect(names(parse(model).graph!.input)).toEqual(["image"]);
    expect(names(parse(model).graph!.initializer)).toEqual(expect.arrayContaining(parameters));
    const { logits } = await run(model, { image: feeds.image! });
    const { logits: fed } = await run(toOnnx(inference), feeds);
    expect(relativeError(logits!.data as Float32Array, fed!.data as Float32Array)).toBeLessThan(1e-6);
  });

  it("may lie in files that are there already", () => {
    const places = new Map([["conv1/kernel", { file: "state.bin", offset: 4104, length: 24 }]]);
    const { input, initializer } = parse(toOnnx(inference, { places })).graph!;
    expect(names(input)).toEqual(["image", ...parameters.slice(1)]);
    const { dims, rawData, externalData } = initializer.find(({ name }) => name === "conv1/kernel")!;
    expect(dims.map(Number)).toEqual(feeds["conv1/kernel"]!.shape);
    expect(rawData).toHaveLength(0);
    const described = externalData.map(({ key, value }) => [key, value]);
    expect(described).toEqual([
      ["location", "state.bin"],
      ["offset", "4104"],
      ["length", "24"],
    ]);
  });

  it("of some variables leave the others as inputs", () => {
    const model = parse(toOnnx(inference, { values: valuesOf(["conv1/kernel"]) }));
    expect(names(model.graph!.input)).toEqual(["image", ...parameters.slice(1)]);
  });
});

describe("outputs", () => {
  it("may be inputs, variables, constants, or one tensor twice", async () => {
    const builder = new GraphBuilder("passes");
    const x = builder.input("x", { type: "tensor" }, ["batch"]);
    const w = builder.variable("w", ["batch"]);
    builder.output("input", x);
    builder.output("again", x);
    builder.output("variable", w);
    builder.output("half", constant(builder, 0.5));
    const positive = relu(x);
    builder.output("one", positive);
    builder.output("two", positive);
    builder.output("three", multiply(positive, constant(builder, 3)));
    builder.update("w", x);
    const feeds = { x: referenceTensor([2], [-1, 2]), w: referenceTensor([2], [3, 4]) };
    const results = await run(toOnnx(builder.build()), feeds);
    const values = Object.entries(results).map(([name, { data }]) => [name, [...(data as Float32Array)]]);
    expect(Object.fromEntries(values)).toEqual({
      input: [-1, 2],
      again: [-1, 2],
      variable: [3, 4],
      half: [0.5],
      one: [0, 2],
      two: [0, 2],
      three: [0, 6],
      "update/w": [-1, 2],
    });
  });

  it("may have names that the model would give its own nodes and constants", async () => {
    const builder = new GraphBuilder("clashes");
    const x = builder.input("constant", { type: "tensor" }, [2]);
    const w = builder.variable("Mul", [2]);
    const product = multiply(add(x, constant(builder, 2)), w);
    builder.output("Add", multiply(product, constant(builder, 3)));
    builder.output("Mul_1", product);
    const feeds = { constant: referenceTensor([2], [1, 2]), Mul: referenceTensor([2], [5, 7]) };
    const results = await run(toOnnx(builder.build()), feeds);
    expect([...(results.Add!.data as Float32Array)]).toEqual([45, 84]);
    expect([...(results.Mul_1!.data as Float32Array)]).toEqual([15, 28]);
  });

  it("are refused where an input or an update has that name already", () => {
    const model = (output: string) => {
      const builder = new GraphBuilder("named");
      const x = builder.input("x", { type: "tensor" }, [2]);
      const v = builder.variable("v", [2]);
      builder.update("v", add(v, x));
      builder.output(output, relu(x));
      return () => toOnnx(builder.build());
    };
    for (const name of ["x", updateName("v")]) {
      const message = `An ONNX model has one tensor of a name, and '${name}' would be two: rename one of them.`;
      expect(model(name)).toThrow(message);
    }
    expect(model("y")).not.toThrow();
  });

  it("refuses a value of another length", () => {
    const builder = new GraphBuilder("scaled");
    const x = builder.input("x", { type: "tensor" }, [2]);
    builder.output("y", multiply(x, builder.variable("scale", [2])));
    const values = new Map([["scale", new Float32Array(3)]]);
    expect(() => toOnnx(builder.build(), { values })).toThrow("'scale' has 3 elements instead of 2");
  });
});
