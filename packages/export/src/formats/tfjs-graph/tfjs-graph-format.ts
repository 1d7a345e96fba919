// A graph model of TensorFlow.js: model.json for `loadGraphModel`, and its weights in files beside it.
import { classifierGraph } from "@fleuron/graph";
import { graphDefJson, inferenceNodes, type TensorflowGraph } from "@fleuron/graph/tensorflow";
import type { BundlePrecision } from "@fleuron/model";
import type { io } from "@tensorflow/tfjs-core";
import { checkWeights } from "../../check-weights.js";
import type { EncodedFile, ModelFormat } from "../../format.js";
import { shards } from "./shards.js";
import { signature } from "./signature.js";
import { storedWeight } from "./stored-weight.js";

/** As tfjs's own converter cuts them: pieces that caches keep one by one. */
const SHARD_BYTES = 4 * 2 ** 20;

/** By tfjs's names of what it stores: its 8 bits have no sign. */
const folders: { readonly [P in BundlePrecision]?: string } = {
  float32: "tfjs-graph",
};

export const tfjsGraphFormat: ModelFormat = {
  name: "tfjs-graph",
  precisions: Object.keys(folders) as BundlePrecision[],
  async encode({ network, weights, temperature }, precision) {
    checkWeights(network, weights);
    const graph = inferenceNodes(classifierGraph(network, { temperature }), weights);
    const { channels, height, width } = network.input;
    return {
      input: { name: "image", layout: "NHWC", shape: ["batch", height, width, channels] },
      output: { name: "probabilities" },
      files: encodeFiles(graph, folders[precision]!, precision),
    };
  },
};

function encodeFiles(graph: TensorflowGraph, folder: string, precision: BundlePrecision): EncodedFile[] {
  const stored = graph.nodes.flatMap(({ name, value }) =>
    value ? [storedWeight(name, value, precision)] : [],
  );
  const files = shards(
    stored.map(({ bytes }) => bytes),
    SHARD_BYTES,
  );
  const paths = files.map((_, index) => `group1-shard${index + 1}of${files.length}.bin`);
  const model: io.ModelJSON = {
    format: "graph-model",
    generatedBy: "fleuron",
    convertedBy: null,
    signature: signature(graph),
    modelTopology: graphDefJson(graph.nodes),
    weightsManifest: [{ paths, weights: stored.map(({ entry }) => entry) }],
  };
  return [
    { path: `${folder}/model.json`, parts: [new TextEncoder().encode(JSON.stringify(model))] },
    ...files.map((parts, index) => ({ path: `${folder}/${paths[index]}`, parts })),
  ];
}
