// ONNX for every runtime: opset 15, explicit pads, the batch open, softmax(logits ÷ temperature) inside.
import { bindDimensions, networkOf } from "@fleuron/graph";
import { toOnnx, toOnnxWithExternalData } from "@fleuron/graph/onnx";
import { type BundlePrecision, bundlePrecisions } from "@fleuron/model";
import type { EncodedFile, FileLayout, ModelFormat } from "../../format.js";
import { requireOneFile } from "../../one-file.js";
import { storeModel } from "../../precisions/index.js";
import type { TrainedModel } from "../../trained-model.js";
import { classifierOfBytes, PIXELS } from "./classifier-of-bytes.js";

/** Weights of more bytes than this lie beside the model: the browser then holds them once instead of twice. */
const LARGEST_IN_MODEL = 2 ** 20;

export const onnxFormat: ModelFormat = {
  name: "onnx",
  precisions: bundlePrecisions,
  async encode(model, precision, layout = {}) {
    const { channels, height, width } = networkOf(model.network).input;
    return {
      input:
        layout.input === "bytes"
          ? { name: PIXELS, layout: "NHWC", shape: ["batch", height, width, channels], type: "uint8" }
          : { name: "image", layout: "NCHW", shape: ["batch", channels, height, width] },
      output: { name: "probabilities" },
      files: encodeFiles(model, precision, layout),
    };
  },
};

function encodeFiles(
  model: TrainedModel,
  precision: BundlePrecision,
  { singleFile = false, input = "image" }: FileLayout,
): readonly EncodedFile[] {
  const { labels, preprocessing, temperature, weights } = model;
  const network = networkOf(model.network);
  if (singleFile) requireOneFile(precision, network.parameters);
  const parts = [...(precision === "float32" ? [] : [precision]), ...(input === "bytes" ? [input] : [])];
  const path = ["model", ...parts, "onnx"].join(".");
  const classifier = network.classifierGraph({ temperature });
  const graph = input === "bytes" ? classifierOfBytes(classifier, preprocessing) : classifier;
  const options = {
    byteInputs: [PIXELS],
    values: storeModel(model, precision),
    metadata: {
      labels: JSON.stringify(labels),
      preprocessing: JSON.stringify(preprocessing),
      temperature: String(temperature),
      // For runtimes that compute it by kernels of their own, one photo at a time.
      graph: JSON.stringify(bindDimensions(graph, { batch: 1 })),
    },
  };
  const bytes = [...weights.values()].reduce((total, { byteLength }) => total + byteLength, 0);
  if (singleFile || bytes <= LARGEST_IN_MODEL) return [{ path, parts: [toOnnx(graph, options)] }];
  const dataPath = `${path}.data`;
  const { model: main, externalData } = toOnnxWithExternalData(graph, dataPath, options);
  return [
    { path, parts: [main] },
    { path: dataPath, parts: externalData },
  ];
}
