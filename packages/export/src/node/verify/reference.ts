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
  /** The bundle's own model, where that is the reference. */
  readonly model?: BundleModel;
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

/** @throws FleuronError `no-reference` for a bundle without a float32 ONNX model. */
export async function* onnxReference(
  bundle: Bundle,
  inputs: readonly VerificationInput[],
  signal: AbortSignal | undefined,
): AsyncGenerator<ProgressEvent, Reference> {
  const { folder, manifest } = bundle;
  const model = float32Onnx(manifest);
  if (model === undefined) {
    throw exportError("no-reference", `${folder} has no float32 ONNX model to compare the others with.`, {
      subject: folder,
      hint: "Give the run that it comes from with `run`, or write the bundle again with the `format` onnx.",
    });
  }
  const { probabilities } = yield* runModel({ bundle, model, runner: onnxruntimeNode, inputs, signal });
  return { name: `onnx float32 on ${onnxruntimeNode.name}`, model, probabilities };
}
