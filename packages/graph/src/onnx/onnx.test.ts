import { randomStream, sizeOf } from "@fleuron/model";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { bindDimensions } from "../dimensions.js";
import { caseGraph, relativeError } from "../fixtures/case-graph.js";
import { operationCases } from "../fixtures/cases.js";
import { winogradForms } from "../fixtures/winograd-forms.js";
import { interpret } from "../interpreter/interpret.js";
import { type ReferenceTensor, referenceTensor } from "../interpreter/reference-tensor.js";
import { batchNorm } from "../operations/batch-norm.js";
import { biasAdd } from "../operations/bias-add.js";
import { conv2d } from "../operations/conv2d.js";
import type { Dimension, Graph } from "../types.js";
import { cpuTrainingLowerings, type LoweringTable, onnxLowerings } from "./operations/index.js";
import { toOnnx } from "./to-onnx.js";

async function runOnnx<D extends Dimension>(
  graph: Graph<D>,
  feeds: Record<string, ReferenceTensor>,
  lowerings: LoweringTable<D> = onnxLowerings,
) {
  const session = await InferenceSession.create(toOnnx(graph, { lowerings }), { logSeverityLevel: 3 });
  const tensors = session.inputNames.map((name) => {
    const { data, shape } = feeds[name]!;
    return [name, new Tensor("float32", Float32Array.from(data), shape)] as const;
  });
  const results = await session.run(Object.fromEntries(tensors));
  await session.release();
  return results;
}

/** What float32 makes of the case's values, so that both sides start from the same numbers. */
const rounded = (feeds: Record<string, ReferenceTensor>) =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, { shape, data }]) => [
      name,
      referenceTensor(shape, Float32Array.from(data)),
    ]),
  );

async function expectAgreement(graph: Graph, exact: Record<string, ReferenceTensor>, tolerance = 1e-5) {
  const feeds = rounded(exact);
  const { outputs } = interpret(graph, feeds);
  const results = await runOnnx(graph, feeds);
  for (const [name, expected] of outputs) {
    expect(results[name]!.dims, name).toEqual(expected.shape);
    expect(relativeError(results[name]!.data as Float32Array, expected.data), name).toBeLessThan(tolerance);
  }
}

describe("the ONNX dialect agrees with the interpreter", () => {
  it.each(operationCases.map((entry) => [entry.name, entry] as const))("%s", async (_, operationCase) => {
    const { graph, feeds } = caseGraph(operationCase);
    await expectAgreement(graph, feeds);
  });
});

describe("the ONNX dialect agrees with the interpreter when the batch is open", () => {
  const cases = operationCases.filter(({ batched }) => batched);
  it.each(cases.map((entry) => [entry.name, entry] as const))("%s", async (_, operationCase) => {
    const { graph, feeds } = caseGraph(operationCase, { openBatch: true });
    expect(graph.types.flatMap(({ shape }) => shape)).toContain("batch");
    await expectAgreement(graph, feeds);
  });
});

describe("batch normalisation in ONNX", () => {
  it("keeps its digits where a channel's mean is three deviations from 0", async () => {
    const random = randomStream(5, "augment", 0, 0);
    const drawn = (shape: readonly number[], mean: number) => {
      const data = new Float32Array(sizeOf(shape));
      random.fillNormal(data, mean, 1);
      return referenceTensor(shape, data);
    };
    const { graph, feeds } = caseGraph({
      name: "far from 0",
      inputs: [drawn([4, 2, 9, 9], 3), drawn([2], 1), drawn([2], 0)],
      build: (x, gamma, beta) => {
        const { y, variance } = batchNorm(x, gamma, beta, { epsilon: 1e-3 });
        return [y, variance];
      },
      differentiable: [],
    });
    await expectAgreement(graph, feeds, 5e-7);
  });
});

describe("Winograd's convolutions agree with the interpreter", () => {
  const attributes = (pads: [number, number, number, number], stride: number) => ({
    strides: [stride, stride] as const,
    pads,
    dilations: [1, 1] as const,
    groups: 1,
  });
  it.each([
    ["3×3, same", [2, 18, 13, 11], [17, 18, 3, 3], [1, 1, 1, 1], 1],
    ["3×3, four different pads", [1, 16, 7, 12], [16, 16, 3, 3], [0, 2, 1, 0], 1],
    ["5×5, same", [2, 16, 9, 14], [17, 16, 5, 5], [2, 2, 2, 2], 1],
    ["5×5, valid", [1, 17, 11, 8], [16, 17, 5, 5], [0, 0, 0, 0], 1],
    ["11×11 at stride 4, valid", [2, 3, 37, 41], [16, 3, 11, 11], [0, 0, 0, 0], 4],
    [
      "11×11 at stride 4, four different pads, and rows that no window reads",
      [1, 3, 33, 30],
      [17, 3, 11, 11],
      [2, 1, 3, 0],
      4,
    ],
  ] as const)("%s", async (name, xShape, kernelShape, pads, stride) => {
    const random = randomStream(11, "augment", 0, 0);
    const normal = (shape: readonly number[]) => {
      const data = new Float32Array(sizeOf(shape));
      random.fillNormal(data, 0.3, 1);
      return referenceTensor(shape, data);
    };
    const { graph, feeds } = caseGraph({
      name,
      inputs: [normal(xShape), normal(kernelShape), normal([kernelShape[0]])],
      build: (x, kernel, bias) => [biasAdd(conv2d(x, kernel, attributes([...pads], stride)), bias)],
    });
    const known = bindDimensions(graph, {});
    const exact = rounded(feeds);
    const { outputs } = interpret(graph, exact);
    const model = new TextDecoder().decode(toOnnx(known, { lowerings: cpuTrainingLowerings(winogradForms) }));
    expect(model).toContain("FusedMatMul");
    const results = await runOnnx(known, exact, cpuTrainingLowerings(winogradForms));
    for (const [output, expected] of outputs) {
      expect(relativeError(results[output]!.data as Float32Array, expected.data), output).toBeLessThan(1e-5);
    }
  });
});

describe("toOnnx", () => {
  it("gives the same bytes for the same graph", () => {
    const { graph } = caseGraph(operationCases[0]!);
    expect(toOnnx(graph)).toEqual(toOnnx(structuredClone(graph)));
  });

  it("keeps the names of inputs and outputs, also where an output is an input", async () => {
    const graph: Graph = {
      formatVersion: 1,
      name: "passes",
      types: [{ dtype: "float32", shape: ["batch"] }],
      inputs: [{ name: "x", role: { type: "tensor" }, value: 0 }],
      variables: [],
      nodes: [],
      outputs: [
        { name: "y", value: 0 },
        { name: "z", value: 0 },
      ],
      updates: [],
    };
    const data = referenceTensor([3], [1, 2, 3]);
    const results = await runOnnx(graph, { x: data });
    expect([...(results.y!.data as Float32Array)]).toEqual([1, 2, 3]);
    expect([...(results.z!.data as Float32Array)]).toEqual([1, 2, 3]);
  });
});
