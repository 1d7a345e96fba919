import { type BundleModel, modelBytes, type ProgressEvent } from "@fleuron/model";
import type { Bundle } from "@fleuron/runtime-node";
import { agreementOf } from "../../agreement.js";
import { knownAccuracy } from "./known-classes.js";
import type { VerificationInput } from "./read-inputs.js";
import type { Reference } from "./reference.js";
import { isWithinLimits, type ModelCheck } from "./report.js";
import { runModel } from "./run-model.js";
import type { ModelRunner } from "./runners/runner.js";
import { rowsOf, sample } from "./sample.js";

export interface CheckModelOptions {
  readonly bundle: Bundle;
  readonly model: BundleModel;
  readonly runner: ModelRunner;
  readonly inputs: readonly VerificationInput[];
  readonly reference: Reference;
  readonly signal: AbortSignal | undefined;
}

/** Runs a model on as many of the inputs as its runner is given, and compares it with the reference. */
export async function* checkModel(options: CheckModelOptions): AsyncGenerator<ProgressEvent, ModelCheck> {
  const { bundle, model, runner, inputs, reference, signal } = options;
  const { labels } = bundle.manifest;
  const indices = sample(inputs.length, runner.maxPhotos);
  const chosen = indices.map((index) => inputs[index]!);
  const { probabilities, latency } = yield* runModel({ bundle, model, runner, inputs: chosen, signal });
  const expected = rowsOf(reference.probabilities, indices, labels.length);
  const agreement = agreementOf(probabilities, expected, labels.length);
  return {
    format: model.format,
    precision: model.precision,
    runner: runner.name,
    photos: chosen.length,
    ...agreement,
    accuracy: knownAccuracy(probabilities, chosen, labels.length),
    referenceAccuracy: knownAccuracy(expected, chosen, labels.length),
    bytes: modelBytes(model),
    latency,
    passed: isWithinLimits(model.precision, agreement),
  };
}
