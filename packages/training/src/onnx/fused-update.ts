import type { TrainingPlan } from "../plan.js";
import type { StateMemory } from "./kernel/state-memory.js";
import { sgdUpdate } from "./sgd-update.js";

/** The optimiser's pass, in place, over everything that learns. */
export type FusedUpdate = (learningRate: number) => void;

/** The pass of an optimiser that has one; the others run their graph. */
export function fusedUpdate(plan: TrainingPlan, memory: StateMemory): FusedUpdate | undefined {
  const { optimiser } = plan;
  return optimiser.type === "sgd" ? sgdUpdate(plan, optimiser, memory) : undefined;
}
