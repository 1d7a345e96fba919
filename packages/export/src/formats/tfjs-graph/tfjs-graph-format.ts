// A graph model of TensorFlow.js: model.json for `loadGraphModel`, and its weights in files beside it.
import { networkOf } from "@fleuron/graph";
import { graphDefJson, inferenceNodes } from "@fleuron/graph/tensorflow";
import type { BundlePrecision } from "@fleuron/model";
import type { io } from "@tensorflow/tfjs-core";
import { checkWeights } from "../../check-weights.js";
import type { EncodedFile, ModelFormat } from "../../format.js";
import { shards } from "../../shards.js";
import type { TrainedModel } from "../../trained-model.js";
import { signature } from "./signature.js";
import { storedPrecisions, storedWeight } from "./stored-weight.js";

/** As tfjs's own converter cuts them: pieces that caches keep one by one. */
const SHARD_BYTES = 4 * 2 ** 20;

export const tfjsGraphFormat: ModelFormat = {
  name: "tfjs-graph",
  precisions: storedPrecisions,
  async encode(model, precision) {
    checkWeights(model.network, model.weights);
    const { channels, height, width } = networkOf(model.network).input;
    return {
      input: { name: "image", layout: "NHWC", shape: ["batch", height, width, channels] },
      output: { name: "probabilities" },
      files: encodeFiles(model, precision),
    };
  },
};

/** By tfjs's names of what is stored: its 8 bits have no sign. */
const folderOf = (precision: BundlePrecision): string =>
  precision === "float32" ? "tfjs-graph" : `tfjs-graph-${precision === "int8" ? "uint8" : precision}`;

function encodeFiles(
  { network: description, weights, temperature }: TrainedModel,
  precision: BundlePrecision,
): readonly EncodedFile[] {
  const network = networkOf(description);
  const graph = inferenceNodes(network.classifierGraph({ temperature }), weights);
  const parameters = new Map(network.parameters.map((parameter) => [parameter.name, parameter]));
  const stored = graph.nodes.flatMap(({ name, variable = "", value }) =>
    value ? [storedWeight(name, value, precision, parameters.get(variable))] : [],
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
  const folder = folderOf(precision);
  return [
    { path: `${folder}/model.json`, parts: [new TextEncoder().encode(JSON.stringify(model))] },
    ...files.map((parts, index) => ({ path: `${folder}/${paths[index]}`, parts })),
  ];
}
