// All photos through one model on one runner.
import { join } from "node:path";
import { type BundleModel, checkProbabilities, type ProgressEvent } from "@fleuron/model";
import type { Bundle } from "@fleuron/runtime-node";
import { median } from "../median.js";
import { batchOf, type VerificationInput } from "./read-inputs.js";
import type { ModelRunner } from "./runners/runner.js";

export interface RunModelOptions {
  readonly bundle: Bundle;
  readonly model: BundleModel;
  readonly runner: ModelRunner;
  readonly inputs: readonly VerificationInput[];
  readonly signal: AbortSignal | undefined;
}

export interface ModelOutputs {
  /** [photos, labels]. */
  readonly probabilities: Float32Array;
  /** Milliseconds for one photo: the median of photos that came one by one. */
  readonly latency: number;
}

/** The first one warms up and does not count. Of few photos, a third: the others are a batch. */
const ONE_BY_ONE = 10;
const BATCH = 16;

/**
 * The first photos go one by one, the others in batches: both must give the same.
 * @throws FleuronError `model-unusable` for a result that is no probabilities.
 */
export async function* runModel(options: RunModelOptions): AsyncGenerator<ProgressEvent, ModelOutputs> {
  const { bundle, model, runner, inputs, signal } = options;
  const { folder, manifest } = bundle;
  const described = { manifest, model, subject: join(folder, model.files[0]!.path) };
  const task = `${model.format} ${model.precision} on ${runner.name}`;
  const outputs: Float32Array[] = [];
  const single: number[] = [];
  const alone = Math.min(ONE_BY_ONE, Math.ceil(inputs.length / 3));
  let completed = 0;
  yield { type: "progress", task, completed, total: inputs.length, unit: "photos" };
  await using opened = await runner.open(bundle, model, inputs.length);
  while (completed < inputs.length) {
    signal?.throwIfAborted();
    const batch = inputs.slice(completed, completed + (completed < alone ? 1 : BATCH));
    const images = batchOf(batch, manifest.preprocessing);
    const { probabilities, milliseconds } = await opened.run(images, batch.length);
    checkProbabilities(probabilities, batch.length, described);
    outputs.push(probabilities);
    if (batch.length === 1) single.push(milliseconds);
    completed += batch.length;
    yield { type: "progress", task, completed, total: inputs.length, unit: "photos" };
  }
  return { probabilities: joined(outputs), latency: median(single.length > 1 ? single.slice(1) : single) };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
