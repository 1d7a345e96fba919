// What is trained and how a step computes, as plain JSON: an engine is created from it, and `run.json` keeps it.
import { networkSchema } from "@fleuron/model";
import * as v from "valibot";
import { optimiserSchema } from "./optimisers/index.js";

export const trainingPlanSchema = v.strictObject({
  network: networkSchema,
  /** Σ sampleWeight × cross-entropy(logits, targets) ÷ normalizer. */
  loss: v.strictObject({ type: v.literal("softmaxCrossEntropy") }),
  optimiser: optimiserSchema,
  precision: v.picklist(["float32"]),
  batchSize: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Names of the parameters that learn; default: all that are trainable. */
  trainable: v.optional(v.array(v.string())),
});

export type TrainingPlan = v.InferOutput<typeof trainingPlanSchema>;
