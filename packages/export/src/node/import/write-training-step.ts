// A training step of an ONNX classifier as plain ONNX, for any program that has onnxruntime.
import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { exists, writeAtomically, writeFailure } from "@fleuron/files";
import { type Graph, type ImportedNetwork, joinGraphs, networkOf, trainableParameters } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { encodeSafetensors, sizeOf } from "@fleuron/model";
import { optionError } from "@fleuron/model/options";
import { type Optimiser, updateGraph } from "@fleuron/training";
import { trainableChoice, trainableKind } from "@fleuron/training/recipes";
import * as v from "valibot";
import { exportError } from "../../errors.js";
import { type ReadNetworkOptions, readNetwork } from "./read-network.js";

export interface WriteTrainingStepOptions extends ReadNetworkOptions {
  /** Where the step goes; the weights that learn go beside it, as `.safetensors`. */
  readonly out: string;
  /** What learns: "all", "head", "last:N" layers with the head, or names of weights with commas. Default: "all". */
  readonly trainable?: string | undefined;
  /** Whether the step updates the weights itself, and how. Default: no, it gives their gradients. */
  readonly optimiser?: StepOptimiser | undefined;
  /** Whether files that are there are replaced. */
  readonly force?: boolean | undefined;
}

const optimisers = {
  sgd: { type: "sgd", momentum: 0.9, nesterov: false, weightDecay: 0, clipNorm: null },
  adam: { type: "adamw", beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, clipNorm: null },
} as const satisfies Record<string, Optimiser>;

/** Stochastic gradient descent with a momentum of 0.9, or Adam with its usual 0.9, 0.999 and 1e-8. */
export type StepOptimiser = keyof typeof optimisers;

export interface WrittenTrainingStep {
  /** Absolute. */
  readonly step: string;
  readonly weights: string;
  /** The names of the weights that learn: inputs of the step, with outputs named `gradient/…` or, with an optimiser, `update/…`. */
  readonly trainable: readonly string[];
}

export async function writeTrainingStep({
  out,
  force = false,
  trainable: chosen = "all",
  optimiser,
  ...options
}: WriteTrainingStepOptions): Promise<WrittenTrainingStep> {
  const step = resolve(out);
  const weightsFile = `${step.replace(/\.onnx$/, "")}.safetensors`;
  if (!force) for (const path of [step, weightsFile]) await requireFree(path);
  const { network, weights, files } = await readNetwork(options);
  for (const path of [step, weightsFile]) await requireOther(path, files);
  const trainable = namesOf(network, chosen, options.file);
  if (trainable.length === 0)
    throw exportError("model-invalid", `${resolve(options.file)} has no weights that could learn.`, {
      subject: options.file,
    });
  const graph = stepGraph(network, trainable, optimiser);
  const model = toOnnx(graph, {
    values: new Map([...weights].filter(([name]) => !trainable.includes(name))),
  });
  const state = graph.variables.flatMap(({ name, value }) => {
    if (weights.has(name) && !trainable.includes(name)) return [];
    const shape = graph.types[value]!.shape as readonly number[];
    return { name, shape, dtype: "F32" as const, data: weights.get(name) ?? new Float32Array(sizeOf(shape)) };
  });
  await write(weightsFile, encodeSafetensors(state));
  await write(step, model);
  return { step, weights: weightsFile, trainable };
}

/** @throws FleuronError `option-invalid` for a name that is no weight which may learn. */
function namesOf(network: ImportedNetwork, chosen: string, file: string): readonly string[] {
  if (v.safeParse(trainableKind.schema, chosen).success)
    return trainableParameters(network, trainableChoice(chosen));
  const all = trainableParameters(network, "all");
  if (all.length === 0) return all;
  const names = [...new Set(chosen.split(",").map((name) => name.trim()))];
  const unknown = names.find((name) => !all.includes(name));
  if (unknown === undefined) return names;
  const last = all.slice(-MENTIONED).map((name) => `'${name}'`);
  const named = all.length > MENTIONED ? `the last are ${last.join(", ")}` : last.join(", ");
  throw optionError("option-invalid", `${resolve(file)} has no weight '${unknown}' that could learn.`, {
    subject: "trainable",
    hint: `Give \`trainable\` all, head, last:N, or names of weights with commas: ${named}.`,
  });
}

const MENTIONED = 5;

function stepGraph(
  network: ImportedNetwork,
  trainable: readonly string[],
  optimiser: StepOptimiser | undefined,
): Graph {
  const gradients = networkOf(network).trainingGraph({ trainable });
  if (optimiser === undefined) return gradients;
  const update = updateGraph({ network, trainable: [...trainable], optimiser: optimisers[optimiser] });
  // Weights are called as in the file, not as in the state of a run.
  const plain = <Entry extends { readonly name: string }>(entries: readonly Entry[]) =>
    entries.map((entry) => ({ ...entry, name: entry.name.replace(/^weights\//, "") }));
  const named = { ...update, variables: plain(update.variables), updates: plain(update.updates) };
  const joined = joinGraphs(gradients.name, [gradients, named]);
  return { ...joined, outputs: joined.outputs.filter(({ name }) => !name.startsWith("gradient/")) };
}

const write = (path: string, bytes: Uint8Array) =>
  writeAtomically(path, [bytes]).catch((cause: unknown) => Promise.reject(writeFailure(path, cause)));

/** @throws FleuronError `file-taken` where a file would take the place of one that was read. */
async function requireOther(path: string, read: readonly string[]): Promise<void> {
  const placeOf = (file: string) => realpath(file).catch(() => file);
  const [place, ...places] = await Promise.all([path, ...read].map(placeOf));
  if (!places.includes(place!)) return;
  throw exportError("file-taken", `${path} would replace a file of the network that was read.`, {
    subject: path,
    hint: "Choose another name with `out`.",
  });
}

async function requireFree(path: string): Promise<void> {
  if (!(await exists(path))) return;
  throw exportError("file-taken", `${path} is there already.`, {
    subject: path,
    hint: "Choose another name with `out`, or replace it with `force`.",
  });
}
