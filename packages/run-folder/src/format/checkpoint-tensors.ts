import { type StateTensor, stateTensors, type TrainingPlan } from "@fleuron/training";
import type { CheckpointKind } from "./checkpoint-metadata.js";

/** What a checkpoint holds, in this order. */
export const checkpointTensors = (kind: CheckpointKind, plan: TrainingPlan): readonly StateTensor[] =>
  stateTensors(plan).filter(({ name }) => kind === "last" || /^(weights|statistics)\//.test(name));
