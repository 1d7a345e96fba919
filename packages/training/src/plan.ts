// What is trained and how a step computes, as plain JSON: an engine is created from it, and `run.json` keeps it.
import { positiveInteger, positiveNumber, written } from "@fleuron/model/options";
import * as v from "valibot";
import { convolutionFormsSchema } from "./convolution-forms.js";
import { networkDescriptionSchema } from "./network-schema.js";
import { optimiserSchema } from "./optimisers/index.js";

export const precisions = ["float32", "bfloat16"] as const;
export type Precision = (typeof precisions)[number];

const stepSchema = v.strictObject({
  network: networkDescriptionSchema,
  optimiser: optimiserSchema,
  /**
   * In which convolutions and dense layers of a step multiply; "bfloat16" leaves variables, statistics, logits, loss and
   * update in float32, and so it does whatever predicts.
   */
  precision: v.picklist(precisions),
  batchSize: written(positiveInteger),
  /** Names of the parameters that learn; default: all that are trainable. */
  trainable: v.optional(v.array(v.string())),
  /** What the learning rate is multiplied with for all parameters but the head's; default: they learn alike. */
  bodyRate: v.optional(v.strictObject({ factor: written(positiveNumber), head: v.array(v.string()) })),
  /** How `onnx-cpu` computes convolutions, chosen for the processor that a run begins on; default: `firstForms`. */
  convolutions: v.optional(convolutionFormsSchema),
});

export type TrainingPlan = v.InferOutput<typeof stepSchema>;

/** A plan of an older run names the one loss that there is. */
const olderSchema = v.strictObject({
  ...stepSchema.entries,
  loss: v.optional(v.strictObject({ type: v.literal("softmaxCrossEntropy") })),
});

export const trainingPlanSchema = v.pipe(
  olderSchema,
  v.transform(({ loss, ...plan }): TrainingPlan => plan),
);
