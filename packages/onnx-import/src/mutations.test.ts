import { bindDimensions, type Graph, inferenceGraph } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { FleuronError, randomStream, sizeOf } from "@fleuron/model";
import { drawnWeights, tinyNetwork } from "@fleuron/testing";
import { expect, it } from "vitest";
import { floats, integers, onnxFile } from "./fixtures/onnx-file.js";
import { runImported, somePhotos } from "./fixtures/run-imported.js";
import { importOnnx, type OnnxImport } from "./import-onnx.js";

/** With what networks have beside layers: shape arithmetic, pads, resizing, a window. */
const shapes = onnxFile({
  nodes: [
    { op: "Shape", inputs: ["x"], outputs: ["s"] },
    { op: "Slice", inputs: ["s", "zero", "one"], outputs: ["n"] },
    { op: "Pad", inputs: ["x", "pads"], outputs: ["padded"], attributes: { mode: "reflect" } },
    { op: "Resize", inputs: ["padded", "", "scales"], outputs: ["large"], attributes: { mode: "linear" } },
    {
      op: "MaxPool",
      inputs: ["large"],
      outputs: ["pooled"],
      attributes: { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 },
    },
    { op: "Conv", inputs: ["pooled", "w", "b"], outputs: ["c"], attributes: { pads: [1, 1, 1, 1] } },
    { op: "Split", inputs: ["c"], outputs: ["c1", "c2"], attributes: { axis: 1, num_outputs: 2 } },
    { op: "Mul", inputs: ["c1", "c2"], outputs: ["m"] },
    { op: "Concat", inputs: ["n", "rest"], outputs: ["target"], attributes: { axis: 0 } },
    { op: "Reshape", inputs: ["m", "target"], outputs: ["rows"] },
    { op: "Softmax", inputs: ["rows"], attributes: { axis: 1 } },
  ],
  initializers: [
    integers("zero", [0]),
    integers("one", [1]),
    integers("rest", [-1]),
    integers("pads", [0, 0, 1, 1, 0, 0, 1, 1]),
    floats("scales", [4], [1, 1, 1.5, 1.5]),
    floats("w", [2, 3, 3, 3]),
    floats("b", [2]),
  ],
});

const network = tinyNetwork();
const graph = inferenceGraph(network);
const layers = toOnnx(graph, { values: drawnWeights(network) });

/** Elements that a graph computes for one photo. */
const work = (each: Graph): number =>
  bindDimensions(each, { batch: 1 }).types.reduce((sum, { shape }) => sum + sizeOf(shape), 0);

it.each([
  // A mutated weight changes no code that runs: some graphs stand for all.
  ["layers", layers, 10],
  ["shapes", shapes, 1],
])("250 mutations of a file of %s: each a clear error, or a graph that runs", (name, file, every) => {
  const random = randomStream(1, "augment", 0, name.length);
  const below = (count: number) => Math.floor(random.uniform() * count);
  let [read, refused] = [0, 0];
  for (let mutation = 0; mutation < 250; mutation++) {
    const bytes = file.slice();
    for (let change = 0; change <= below(3); change++) bytes[below(bytes.length)] = below(256);
    const cut = below(8) === 0 ? bytes.subarray(0, below(bytes.length)) : bytes;
    let imported: OnnxImport;
    try {
      imported = importOnnx(cut);
    } catch (error) {
      if (!(error instanceof FleuronError)) throw new Error(`mutation ${mutation}`, { cause: error });
      expect(error.code).toMatch(/^onnx-/);
      refused++;
      continue;
    }
    read++;
    if (read % every !== 0 || work(imported.graph) > 50_000) continue;
    const [, ...size] = imported.graph.types[imported.graph.inputs[0]!.value]!.shape as readonly number[];
    runImported(imported, { image: somePhotos([1, ...size] as unknown as [number, number, number, number]) });
  }
  expect(read).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(20);
});
