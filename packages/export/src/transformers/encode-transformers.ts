// A folder as transformers.js takes it: `pipeline("image-classification", folder)`. It has no manifest.
import { type Graph, networkOf } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import type { BundlePrecision } from "@fleuron/model";
import type { EncodedFile } from "../format.js";
import { requireOneFile } from "../one-file.js";
import { storeModel } from "../precisions/index.js";
import type { TrainedModel } from "../trained-model.js";
import { processorConfig } from "./processor-config.js";

/** What transformers.js adds to a model's name for a `dtype`, where that is not the precision's name. */
const suffixes: { readonly [Precision in BundlePrecision]?: string } = {
  float32: "",
  float16: "_fp16",
  int4: "_q4",
};

/**
 * The configurations, and a model for each storage precision.
 * @throws FleuronError `preprocessing-unsupported`, `file-too-large`, `precision-unsupported`.
 */
export function transformersFiles(
  model: TrainedModel,
  precisions: readonly BundlePrecision[],
): readonly EncodedFile[] {
  const { labels, preprocessing, temperature } = model;
  const network = networkOf(model.network);
  const graph = logitsGraph(network.classifierGraph({ temperature }));
  return [
    json("config.json", classifierConfig(labels)),
    json("preprocessor_config.json", processorConfig(preprocessing)),
    ...[...new Set(precisions)].map((precision) => {
      requireOneFile(precision, network.parameters);
      return {
        path: `onnx/model${suffixes[precision] ?? `_${precision}`}.onnx`,
        parts: [toOnnx(graph, { values: storeModel(model, precision) })],
      };
    }),
  ];
}

/** `model_type` chooses what transformers.js runs: of those with `pixel_values` and `logits`, this is one. */
const classifierConfig = (labels: readonly string[]) => ({
  model_type: "resnet",
  architectures: ["ResNetForImageClassification"],
  id2label: Object.fromEntries(labels.map((label, index) => [index, label])),
  label2id: Object.fromEntries(labels.map((label, index) => [label, index])),
});

/** Ends before the softmax, which transformers.js applies itself; the logits are divided by the temperature. */
function logitsGraph(classifier: Graph): Graph {
  const [probabilities] = classifier.outputs;
  const softmax = classifier.nodes.find(({ outputs }) => outputs.includes(probabilities!.value))!;
  return {
    ...classifier,
    inputs: classifier.inputs.map((input) => ({ ...input, name: "pixel_values" })),
    outputs: [{ name: "logits", value: softmax.inputs[0]! }],
  };
}

const json = (path: string, value: object): EncodedFile => ({
  path,
  parts: [new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)],
});
