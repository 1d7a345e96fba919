import type { TrainingPlan } from "@fleuron/training";

/** So small that a step leaves float32 weights as they are, all but zeros. */
export const SMALLEST_RATE = 1e-20;

/** The plan whose steps at {@link SMALLEST_RATE} leave each gradient, times −it, in the slot of its parameter, on any engine. */
export const standingPlan = (plan: TrainingPlan): TrainingPlan => ({
  ...plan,
  precision: "float32",
  optimiser: { type: "sgd", momentum: 0, nesterov: false, weightDecay: 0, clipNorm: null },
});
