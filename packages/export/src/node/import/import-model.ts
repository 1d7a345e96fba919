// An ONNX file as a model that can be exported: its network, labels and preprocessing.
import { networkOf } from "@fleuron/graph";
import type { WarningEvent } from "@fleuron/model";
import type { ClassifierChoice } from "@fleuron/onnx-import";
import { readClassifier, type SourceFile } from "@fleuron/onnx-import/node";
import type { TrainedModel } from "../../trained-model.js";
import { importedLabels } from "./imported-labels.js";

export interface ImportChoice extends ClassifierChoice {
  /** The path of a file of labels: a line each, a JSON list, or a `config.json` with `id2label`. */
  readonly labels?: string | undefined;
}

export async function* importModel(
  source: SourceFile,
  { labels, ...choice }: ImportChoice,
): AsyncGenerator<WarningEvent, TrainedModel> {
  const { network, weights, preprocessing, metadata } = yield* readClassifier(source, choice);
  const { classes } = networkOf(network);
  return {
    network,
    labels: yield* importedLabels({ file: source.file, classes, metadata, labels }),
    preprocessing,
    temperature: 1,
    weights,
  };
}
