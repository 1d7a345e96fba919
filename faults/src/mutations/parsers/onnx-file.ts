// A network that another program wrote.
import { bindDimensions, type Graph, inferenceGraph, multiplicationsOf } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { sizeOf } from "@fleuron/model";
import { importOnnx } from "@fleuron/onnx-import";
import { runImported, sampleFiles, somePhotos } from "@fleuron/onnx-import/fixtures";
import { drawnWeights, tinyNetwork } from "@fleuron/testing";
import { oneOf } from "../../fault.js";
import { bytes } from "../draws.js";
import { mutateOnnx } from "../mutate-onnx.js";
import type { Parser } from "../parser.js";

const network = tinyNetwork();
const ours = toOnnx(inferenceGraph(network), { values: drawnWeights(network) });

/** Numbers that the interpreter computes of a photo within a second; the samples have a hundredth of it. */
const MOST_WORK = 2 ** 24;

export const onnxFileParser: Parser = {
  name: "an ONNX file to import",
  samples: [ours, ...sampleFiles.values()].map((file) => Buffer.from(file)),
  // What it says in three of four inputs: nearly all changed bytes are no ONNX any more.
  draw: (samples, random) =>
    random.integer(4) === 0 ? bytes(samples, random) : mutateOnnx(oneOf(random, samples), random),
  // A file may have weights filled, the largest networks' as well: 2²⁸ numbers.
  most: 1280,
  read(given) {
    const imported = importOnnx(given);
    const graph = bindDimensions(imported.graph, { batch: 1 });
    if (workOf(graph) > MOST_WORK) return "a graph that was not run, for it computes much";
    const [, channels, height, width] = imported.graph.types[imported.graph.inputs[0]!.value]!.shape;
    const photo = [1, Number(channels), Number(height), Number(width)] as const;
    runImported(imported, { image: somePhotos(photo) });
    return "a graph that ran";
  },
};

/** Elements, and what convolutions, products and windows read for them. */
function workOf(graph: Graph<number>): number {
  const elements = graph.types.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const windows = graph.nodes.map(({ attributes: { kernelSize }, outputs }) =>
    Array.isArray(kernelSize) ? sizeOf(graph.types[outputs[0]!]!.shape) * sizeOf(kernelSize) : 0,
  );
  return windows.reduce((sum, each) => sum + each, elements + multiplicationsOf(graph));
}
