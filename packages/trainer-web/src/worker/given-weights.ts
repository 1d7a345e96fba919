// The weights of another training that a run begins with.
import type { WarningEvent } from "@fleuron/model";
import {
  initialState,
  matchingWeights,
  type NamedTensor,
  type RunSettings,
  type TrainingPlan,
} from "@fleuron/training";
import { trainerWebError } from "../errors.js";
import { openSafetensors, type SafetensorsBlob } from "../storage/safetensors-blob.js";

export interface GivenWeights {
  /** What messages and `run.json` call the file. */
  readonly name: string;
  /** What of it does not fit. */
  readonly warning: WarningEvent | undefined;
  /** The names of the tensors that it replaces. */
  readonly names: ReadonlySet<string>;
  read(name: string): Promise<Float32Array>;
}

/** @throws FleuronError "checkpoint-mismatch" if no kernel fits, "weights-unusable", "safetensors-…". */
export async function openGivenWeights(blob: Blob, plan: TrainingPlan): Promise<GivenWeights> {
  const name = blob instanceof File ? blob.name : "initFrom";
  const file = await openSafetensors(blob, name);
  requireFloat32(file, name);
  const tensors = [...file.tensors].map(([tensor, { shape }]) => ({ name: tensor, shape }));
  const { names, warning } = matchingWeights(name, tensors, plan);
  return { name, warning, names: new Set(names), read: (name) => file.read(name) };
}

export interface StartingState {
  readonly seed: number;
  /** What the network has learnt elsewhere. */
  readonly learnt: readonly NamedTensor[];
  /** What takes the place of that, too. */
  readonly given: GivenWeights | undefined;
}

/** The state in which a run starts: what was not given is drawn. */
export async function* startingState(
  plan: TrainingPlan,
  { initialisation }: RunSettings,
  { seed, learnt, given }: StartingState,
): AsyncGenerator<NamedTensor> {
  const replaced = new Map(learnt.map((tensor) => [tensor.name, tensor]));
  for await (const tensor of initialState(plan, initialisation, seed)) {
    const { name } = tensor;
    if (given?.names.has(name)) yield { ...tensor, data: await given.read(name) };
    else yield replaced.get(name) ?? tensor;
  }
}

function requireFloat32({ tensors }: SafetensorsBlob, name: string): void {
  for (const { dtype } of tensors.values()) {
    if (dtype === "F32") continue;
    throw trainerWebError("weights-unusable", `${name} has tensors of ${dtype}; training begins with F32.`, {
      subject: "initFrom",
      hint: "Give the `best.safetensors` of a run.",
    });
  }
}
