import { FleuronError } from "@fleuron/model";
import type { TrainerNodeApi } from "./trainer.js";

/** Loads what trains and runs networks: onnxruntime, sharp and all. */
export async function loadTrainer(): Promise<TrainerNodeApi> {
  const trainer: Partial<TrainerNodeApi> = await import("@fleuron/trainer/node");
  const { train, resume, evaluate, predict, latestRun } = trainer;
  if (train && resume && evaluate && predict && latestRun)
    return { train, resume, evaluate, predict, latestRun };
  throw new FleuronError("engine-unavailable", "This build of Fleuron has no trainer yet.");
}
