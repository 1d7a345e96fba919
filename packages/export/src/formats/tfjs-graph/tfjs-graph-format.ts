// A graph model of TensorFlow.js: model.json for `loadGraphModel`, and its weights in files beside it.
import { networkOf } from "@fleuron/graph";
import { checkWeights } from "../../check-weights.js";
import type { ModelFormat } from "../../format.js";
import { storedPrecisions } from "./stored-weight.js";

export const tfjsGraphFormat: ModelFormat = {
  name: "tfjs-graph",
  precisions: storedPrecisions,
  async encode(model, precision) {
    checkWeights(model.network, model.weights);
    const { channels, height, width } = networkOf(model.network).input;
    // With TensorFlow's dialect, for which nobody should wait who writes ONNX.
    const { encodeFiles } = await import("./encode-files.js");
    return {
      input: { name: "image", layout: "NHWC", shape: ["batch", height, width, channels] },
      output: { name: "probabilities" },
      files: encodeFiles(model, precision),
    };
  },
};
