import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../builder.js";
import { relativeError } from "../fixtures/case-graph.js";
import { runTfjs } from "../fixtures/run-tfjs.js";
import { interpret } from "../interpreter/interpret.js";
import { referenceTensor } from "../interpreter/reference-tensor.js";
import { batchMatMul } from "../operations/batch-mat-mul.js";
import { transpose } from "../operations/transpose.js";
import type { Shape } from "../types.js";
import { inferenceNodes } from "./inference.js";

const tensor = (shape: readonly number[]) => {
  const length = shape.reduce((product, each) => product * each, 1);
  return referenceTensor(
    shape,
    Float32Array.from({ length }, (_, at) => Math.sin(3 * at + 1)),
  );
};

function product(x: Shape, order: readonly number[], kernel: readonly number[]) {
  const builder = new GraphBuilder("products");
  const turned = transpose(builder.input("x", { type: "tensor" }, x), order);
  builder.output("y", batchMatMul(turned, builder.variable("kernel", kernel)));
  return builder.build();
}

describe.each([1, 2, 3, 4])("matrices of a batch of %i that is no first axis", (batch) => {
  it.each([
    [
      ["batch", 4, 2, 3],
      [1, 0, 2, 3],
      [4, 1, 3, 2],
    ],
    [
      ["batch", 2, 3, 3],
      [1, 0, 2, 3],
      [2, 1, 3, 3],
    ],
  ] as const)("of %j, turned by %j, times %j, are repeated along it", async (x, order, kernel) => {
    const lengths = x.map((length) => (length === "batch" ? batch : length));
    const graph = product(x, order, kernel);
    const weights = tensor(kernel);
    const feeds = { x: tensor(lengths) };
    const wanted = interpret(graph, { ...feeds, kernel: weights }).outputs.get("y")!;
    const nodes = inferenceNodes(graph, new Map([["kernel", Float32Array.from(weights.data)]]));
    const { shape, data } = (await runTfjs(nodes, feeds)).get("y")!;
    expect(shape).toEqual(wanted.shape);
    expect(relativeError(data, wanted.data)).toBeLessThan(1e-6);
  });
});
