// What the models of a bundle are compared with.
import type { BundleModel, LabelProbability, ProgressEvent } from "@fleuron/model";
import type { Bundle } from "@fleuron/runtime-node";
import { exportError } from "../../errors.js";
import { float32Onnx } from "../float32-onnx.js";
import type { VerificationInput } from "./read-inputs.js";
import { runModel } from "./run-model.js";
import { onnxruntimeNode } from "./runners/onnxruntime-node.js";

export interface Reference {
  /** "trainer", or what ran which model. */
  readonly name: string;
  /** [photos, labels], of the inputs in their order. */
  readonly probabilities: Float32Array;
}

/** What the trainer says about a photo. */
export interface TrainedPrediction {
  readonly photo: string;
  /** All labels. */
  readonly predictions: readonly LabelProbability[];
}

export function trainedReference(
  trained: readonly TrainedPrediction[],
  inputs: readonly VerificationInput[],
  labels: readonly string[],
): Reference {
  const byPhoto = new Map(trained.map(({ photo, predictions }) => [photo, predictions]));
  const rows = inputs.flatMap(({ path }) => {
    const predictions = new Map(byPhoto.get(path)?.map(({ label, probability }) => [label, probability]));
    return labels.map((label) => predictions.get(label) ?? Number.NaN);
  });
  return { name: "trainer", probabilities: new Float32Array(rows) };
}

/**
 * The bundle's own model that the others are compared with where nobody says what was trained.
 * @throws FleuronError `no-reference` for a bundle without a float32 ONNX model.
 */
export function ownReference({ folder, manifest }: Bundle): BundleModel {
  const model = float32Onnx(manifest);
  if (model !== undefined) return model;
  throw exportError("no-reference", `${folder} has no float32 ONNX model to compare the others with.`, {
    subject: folder,
    hint: manifest.source
      ? "Import it again with the `format` onnx and float32 among `precisions`."
      : "Give the run that it comes from with `run`, or write the bundle again with the `format` onnx.",
  });
}

interface OnnxReferenceOptions {
  readonly bundle: Bundle;
  readonly model: BundleModel;
  readonly inputs: readonly VerificationInput[];
  readonly signal: AbortSignal | undefined;
}

export async function* onnxReference({
  bundle,
  model,
  inputs,
  signal,
}: OnnxReferenceOptions): AsyncGenerator<ProgressEvent, Reference> {
  const { probabilities } = yield* runModel({ bundle, model, runner: onnxruntimeNode, inputs, signal });
  return { name: `onnx float32 on ${onnxruntimeNode.name}`, probabilities };
}
