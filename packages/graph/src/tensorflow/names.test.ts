// Files call weights and layers anything, TensorFlow its nodes not: "onnx::MatMul_12" and "dense/kernel:0" are common.
import { fromBinary } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { GraphBuilder } from "../builder.js";
import { relativeError } from "../fixtures/case-graph.js";
import { runTfjs } from "../fixtures/run-tfjs.js";
import { interpret } from "../interpreter/interpret.js";
import { referenceTensor } from "../interpreter/reference-tensor.js";
import { exp } from "../operations/exponentials.js";
import { matMul } from "../operations/mat-mul.js";
import { SavedModelSchema } from "./generated/saved_model_pb.js";
import { inferenceNodes } from "./inference.js";
import { nodeOf } from "./node.js";
import { readSignature, toSavedModel } from "./saved-model.js";

const VALID = /^[A-Za-z0-9.][\w./>-]*$/;
const kernels = ["onnx::MatMul_12", "onnx__MatMul_12", "dense/kernel:0", "_late", "größer"];

const network = () => {
  const builder = new GraphBuilder("named");
  let x = builder.input("image", { type: "tensor" }, ["batch", 2]);
  for (const [index, name] of kernels.entries()) {
    const [before, kernel] = [x, builder.variable(name, [2, 2])];
    x = builder.at({ layer: `fc:${index}` }, () => exp(matMul(before, kernel)));
  }
  builder.output("logits", x);
  return builder.build();
};

const values = new Map(
  kernels.map((name, index) => [name, Float32Array.of(0.1, -0.2, 0.05 * index, -0.3)] as const),
);

it("computes in tfjs with names of any kind", async () => {
  const feeds = { image: referenceTensor([3, 2], [1, -2, 0.5, 0, 2, 1]) };
  const { nodes, ...ports } = inferenceNodes(network(), values);
  for (const { name } of nodes) expect(name).toMatch(VALID);
  expect(nodes.flatMap(({ variable }) => variable ?? [])).toEqual(kernels);
  const results = await runTfjs({ nodes, ...ports }, feeds);
  const given = Object.fromEntries([...values].map(([name, data]) => [name, referenceTensor([2, 2], data)]));
  const wanted = interpret(network(), { ...feeds, ...given }).outputs.get("logits")!;
  expect(relativeError(results.get("logits")!.data, wanted.data)).toBeLessThan(1e-6);
});

it("is a SavedModel of valid and different names, read by those of the graph", () => {
  const bytes = toSavedModel({ signatures: { predict: { graphs: [network()] } } });
  const { graphDef, signatureDef } = fromBinary(SavedModelSchema, bytes).metaGraphs[0]!;
  const { node: nodes } = graphDef!;
  const names = nodes.map(({ name }) => name);
  for (const name of names) expect(name).toMatch(VALID);
  expect(new Set(names).size).toBe(names.length);
  for (const { input } of nodes) for (const name of input) expect(names).toContain(nodeOf(name));
  expect(nodes.filter(({ op }) => op === "MatMul")).toHaveLength(kernels.length);
  expect(Object.keys(signatureDef)).toEqual(expect.arrayContaining(kernels.map(readSignature)));
});
