import type { TrainingPlan } from "../../plan.js";
import { type StateTensor, stateTensors } from "../../state.js";
import type { CheckpointKind } from "./checkpoint-metadata.js";

/** What a checkpoint holds, in this order. */
export const checkpointTensors = (kind: CheckpointKind, plan: TrainingPlan): readonly StateTensor[] =>
  stateTensors(plan).filter(({ name }) => kind === "last" || /^(weights|statistics)\//.test(name));
