// A training step of an ONNX classifier as plain ONNX, for any program that has onnxruntime.
import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { writeAtomically, writeFailure } from "@fleuron/files";
import { networkOf } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { encodeSafetensors } from "@fleuron/model";
import { exportError } from "../../errors.js";
import { type ReadNetworkOptions, readNetwork } from "./read-network.js";

export interface WriteTrainingStepOptions extends ReadNetworkOptions {
  /** Where the step goes; the weights that learn go beside it, as `.safetensors`. */
  readonly out: string;
  /** Whether files that are there are replaced. */
  readonly force?: boolean | undefined;
}

export interface WrittenTrainingStep {
  /** Absolute. */
  readonly step: string;
  readonly weights: string;
  /** The names of the weights that learn: inputs of the step, whose gradients are outputs named `gradient/…`. */
  readonly trainable: readonly string[];
}

/**
 * Writes the loss of a classifier and its gradients. Inputs: `image`, `targets` [batch, classes], `sampleWeights` [batch],
 * `normalizer` (what the loss is divided by) and each weight that learns; statistics lie inside. Outputs: `loss`,
 * `correctCount`, and of each weight its gradient.
 * @throws FleuronError `file-taken`, `file-unwritable`, `disk-full`; those of `readNetwork`.
 */
export async function writeTrainingStep({
  out,
  force = false,
  ...options
}: WriteTrainingStepOptions): Promise<WrittenTrainingStep> {
  const step = resolve(out);
  const weightsFile = `${step.replace(/\.onnx$/, "")}.safetensors`;
  if (!force) for (const path of [step, weightsFile]) await requireFree(path);
  const { network, weights } = await readNetwork(options);
  const trainable = network.parameters.filter((parameter) => parameter.trainable);
  const learning = new Set(trainable.map(({ name }) => name));
  const fixed = [...weights].filter(([name]) => !learning.has(name));
  const model = toOnnx(networkOf(network).trainingGraph(), {
    values: new Map(fixed.map(([name, data]) => [name, data])),
  });
  const entries = trainable.map(({ name, shape }) => ({
    ...{ name, shape, dtype: "F32" as const },
    data: weights.get(name)!,
  }));
  await write(weightsFile, encodeSafetensors(entries));
  await write(step, model);
  return { step, weights: weightsFile, trainable: trainable.map(({ name }) => name) };
}

const write = (path: string, bytes: Uint8Array) =>
  writeAtomically(path, [bytes]).catch((cause: unknown) => Promise.reject(writeFailure(path, cause)));

async function requireFree(path: string): Promise<void> {
  const isFree = await access(path).then(
    () => false,
    () => true,
  );
  if (isFree) return;
  throw exportError("file-taken", `${path} is there already.`, {
    subject: path,
    hint: "Choose another name with `out`, or replace it with `force`.",
  });
}
