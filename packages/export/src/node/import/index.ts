// Who writes a run's bundle does not wait for the reader of other tools' ONNX files: each of these loads it.
import type { ProgressEvent, WarningEvent } from "@fleuron/model";
import type { ImportedSummary } from "@fleuron/onnx-import";
import type { SourceAgreement, VerifySourceOptions } from "./compare-with-source.js";
import type { ImportBundleOptions, ImportedBundle } from "./import-bundle.js";
import type { ReadNetworkOptions } from "./read-network.js";
import type { WriteTrainingStepOptions, WrittenTrainingStep } from "./write-training-step.js";

/**
 * Writes an image classifier that is an ONNX file as a bundle, and compares both.
 * @throws FleuronError those of `importOnnx` and `writeBundle`; `labels-missing`, `labels-invalid`, `preprocessing-invalid`,
 * `source-unusable`, `file-unreadable`; the signal's reason.
 */
export async function* importBundle(
  options: ImportBundleOptions,
): AsyncGenerator<ProgressEvent | WarningEvent, ImportedBundle> {
  const { importBundle } = await import("./import-bundle.js");
  return yield* importBundle(options);
}

/**
 * Runs the same drawn images through a bundle's float32 ONNX model and through the file that it was imported from.
 * @throws FleuronError `source-differs` for another file, `no-reference`, `bundle-missing`, `source-unusable`.
 */
export async function* verifySource(
  options: VerifySourceOptions,
): AsyncGenerator<ProgressEvent, SourceAgreement> {
  const { verifySource } = await import("./compare-with-source.js");
  return yield* verifySource(options);
}

/** The layers of a classifier that is an ONNX file. */
export async function summariseFile(options: ReadNetworkOptions): Promise<ImportedSummary> {
  const { summariseFile } = await import("./read-network.js");
  return summariseFile(options);
}

/**
 * Writes the loss of a classifier and its gradients. Inputs: `image`, `targets` [batch, classes], `sampleWeights` [batch],
 * `normalizer` (what the loss is divided by) and each weight that learns; all else lies inside. Outputs: `loss`, `correctCount`,
 * and of each weight its gradient. With an optimiser `learningRate` and what it keeps are inputs as well, and the outputs
 * `update/…` are what each tensor of the file beside the step is in the next one.
 * @throws FleuronError `file-taken`, `file-unwritable`, `disk-full`, `option-invalid` for a name that is no weight; `model-invalid` for a network without any; those of
 *   `readNetwork`.
 */
export async function writeTrainingStep(options: WriteTrainingStepOptions): Promise<WrittenTrainingStep> {
  const { writeTrainingStep } = await import("./write-training-step.js");
  return writeTrainingStep(options);
}
