// A graph carries the names of its operations, and may come from a file of another version.
import { expect, it } from "vitest";
import { bindDimensions } from "./dimensions.js";
import { interpret } from "./interpreter/interpret.js";
import { toOnnx } from "./onnx/index.js";
import { inferenceNodes } from "./tensorflow/index.js";
import type { Graph } from "./types.js";
import { lower } from "./webgpu/lower.js";

const graph: Graph<number> = {
  formatVersion: 1,
  name: "later",
  types: [{ dtype: "float32", shape: [] }],
  inputs: [],
  variables: [],
  nodes: [
    {
      operation: "toString",
      inputs: [],
      outputs: [0],
      attributes: {},
      place: { layer: "", gradient: false },
    },
  ],
  outputs: [{ name: "result", value: 0 }],
  updates: [],
};

it.each<readonly [string, () => unknown]>([
  ["the interpreter", () => interpret(graph, {})],
  ["binding dimensions", () => bindDimensions(graph, {})],
  ["ONNX", () => toOnnx(graph)],
  ["TensorFlow", () => inferenceNodes(graph, new Map())],
  ["WebGPU", () => lower(graph, { wanted: graph.outputs, products: () => "blocks" })],
])("an operation that there is not is named by %s", (_, use) => {
  expect(use).toThrow("internal: no operation is named 'toString'");
});
