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
  /** The state in which the run starts: what the file lacks is drawn. */
  state(settings: RunSettings, seed: number): AsyncGenerator<NamedTensor>;
}

/** @throws FleuronError "checkpoint-mismatch" if no kernel fits, "weights-unusable", "safetensors-…". */
export async function openGivenWeights(blob: Blob, plan: TrainingPlan): Promise<GivenWeights> {
  const name = blob instanceof File ? blob.name : "initFrom";
  const file = await openSafetensors(blob, name);
  requireFloat32(file, name);
  const tensors = [...file.tensors].map(([tensor, { shape }]) => ({ name: tensor, shape }));
  const { names, warning } = matchingWeights(name, tensors, plan);
  const taken = new Set(names);
  return {
    name,
    warning,
    async *state({ initialisation }, seed) {
      for await (const tensor of initialState(plan, initialisation, seed))
        yield taken.has(tensor.name) ? { ...tensor, data: await file.read(tensor.name) } : tensor;
    },
  };
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
