import type { TrainingPlan } from "../plan.js";
import type { Update } from "./graph-update.js";
import type { StateMemory } from "./kernel/state-memory.js";
import { sgdUpdate } from "./sgd-update.js";

/** The optimiser's pass in place, where it has one; the others run their graph. */
export function fusedUpdate(plan: TrainingPlan, memory: StateMemory): Update | undefined {
  const { optimiser } = plan;
  return optimiser.type === "sgd" ? sgdUpdate(plan, optimiser, memory) : undefined;
}
