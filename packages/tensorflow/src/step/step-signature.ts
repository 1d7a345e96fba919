import type { Graph } from "@fleuron/graph";
import type { SavedModelSignature } from "@fleuron/graph/tensorflow";
import { type TrainingPlan, updateGraph } from "@fleuron/training";
import { sgdSignature } from "./sgd-signature.js";

/** A step: TensorFlow's own fused update, which has one rate, where it has one for the optimiser; else the optimiser's graph. */
export function stepSignature(plan: TrainingPlan, training: Graph): SavedModelSignature {
  const { optimiser, bodyRate } = plan;
  if (optimiser.type === "sgd" && bodyRate === undefined) return sgdSignature(plan, training, optimiser);
  return { graphs: [training, updateGraph(plan)] };
}
