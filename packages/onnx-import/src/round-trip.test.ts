// What we write is read again as it was.
import { interpret, networkOf, referenceTensor } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { drawnWeights, tinyNetwork } from "@fleuron/testing";
import { expect, it } from "vitest";
import { importOnnx } from "./index.js";

const network = tinyNetwork();
const { input, parameters, classifierGraph } = networkOf(network);
const weights = drawnWeights(network);
const graph = classifierGraph();
const size = [2, input.channels, input.height, input.width];
const image = referenceTensor(
  size,
  Float32Array.from({ length: size.reduce((a, b) => a * b) }, (_, index) => Math.sin(index * 0.7)),
);

const feedsOf = (
  values: ReadonlyMap<string, Float32Array>,
  shapes: ReadonlyMap<string, readonly number[]>,
) => ({
  image,
  ...Object.fromEntries(
    Array.from(values, ([name, data]) => [name, referenceTensor(shapes.get(name)!, data)] as const),
  ),
});
const shapesOf = (all: readonly { readonly name: string; readonly shape: readonly number[] }[]) =>
  new Map(all.map(({ name, shape }) => [name, shape]));

it("gives the probabilities of the network that was written", () => {
  const imported = importOnnx(toOnnx(graph, { values: weights }));
  const expected = interpret(graph, feedsOf(weights, shapesOf(parameters))).outputs.get("probabilities")!;
  const { outputs } = interpret(imported.graph, feedsOf(imported.values, shapesOf(imported.parameters)));
  const { data, shape } = outputs.get("probabilities")!;
  expect(shape).toEqual(expected.shape);
  expect(Math.max(...data.map((value, index) => Math.abs(value - expected.data[index]!)))).toBeLessThan(1e-6);
});

it("leaves the batch open", () => {
  const imported = importOnnx(toOnnx(graph, { values: weights }));
  expect(imported.graph.types[imported.graph.inputs[0]!.value]!.shape).toEqual(["batch", ...size.slice(1)]);
});
