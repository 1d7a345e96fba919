import { describe, expect, it } from "vitest";
import { caseGraph, relativeError } from "../fixtures/case-graph.js";
import { type OperationCase, operationCases } from "../fixtures/cases.js";
import { runTfjs } from "../fixtures/run-tfjs.js";
import { interpret } from "../interpreter/interpret.js";
import { type ReferenceTensor, referenceTensor } from "../interpreter/reference-tensor.js";
import { pruneGraph } from "../prune.js";
import type { Graph } from "../types.js";
import { inferenceNodes } from "./inference.js";

/** The case without its gradients; what an open batch belongs to becomes an input, as a constant has no open length. */
function inferenceCase(operationCase: OperationCase, openBatch: boolean) {
  const { graph, feeds } = caseGraph(operationCase, { openBatch });
  const open = ({ value }: { value: number }) => graph.types[value]!.shape.includes("batch");
  const outputs = graph.outputs.filter(({ name }) => name.startsWith("output"));
  const forward: Graph = pruneGraph({
    ...graph,
    outputs,
    inputs: [
      ...graph.inputs,
      ...graph.variables.filter(open).map((variable) => ({ ...variable, role: { type: "tensor" } as const })),
    ],
    variables: graph.variables.filter((variable) => !open(variable)),
  });
  const rounded: Record<string, ReferenceTensor> = {};
  for (const [name, { shape, data }] of Object.entries(feeds)) {
    rounded[name] = referenceTensor(shape, Float32Array.from(data));
  }
  return { graph: forward, feeds: rounded };
}

async function expectAgreement(operationCase: OperationCase, openBatch: boolean) {
  const { graph, feeds } = inferenceCase(operationCase, openBatch);
  const values = new Map(graph.variables.map(({ name }) => [name, Float32Array.from(feeds[name]!.data)]));
  const results = await runTfjs(inferenceNodes(graph, values), feeds);
  for (const [name, { shape, data }] of interpret(graph, feeds).outputs) {
    expect(results.get(name)?.shape, name).toEqual(shape);
    expect(relativeError(results.get(name)!.data, data), name).toBeLessThan(1e-5);
  }
}

/** What tfjs's graph models lack, by the operation of the case. */
const lacking = [
  "averagePoolGradient",
  "conv2dKernelGradient",
  "batchNorm",
  "scatterAdd",
  "softmaxCrossEntropy",
];
const lacks = (operationCase: OperationCase) =>
  inferenceCase(operationCase, false).graph.nodes.some(({ operation }) => lacking.includes(operation));
const named = (cases: readonly OperationCase[]) => cases.map((entry) => [entry.name, entry] as const);

const run = operationCases.filter((entry) => !lacks(entry));

describe("tfjs agrees with the interpreter", () => {
  it.each(named(run))("%s", async (_, operationCase) => {
    await expectAgreement(operationCase, false);
  });
});

describe("tfjs agrees with the interpreter when the batch is open", () => {
  it.each(named(run.filter(({ batched }) => batched)))("%s", async (_, operationCase) => {
    await expectAgreement(operationCase, true);
  });
});

describe("inferenceNodes", () => {
  it.each(named(operationCases.filter(lacks)))("refuses %s, which is for training", (_, operationCase) => {
    const { graph, feeds } = inferenceCase(operationCase, false);
    const values = new Map(Object.entries(feeds).map(([name, { data }]) => [name, Float32Array.from(data)]));
    expect(() => inferenceNodes(graph, values)).toThrow(/ is for training, and tfjs has no such operation/);
  });
});
