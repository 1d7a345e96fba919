// A plan as a TensorFlow SavedModel: a training step and a prediction as one graph run each, over variables that
// never leave TensorFlow.
import { type Graph, networkOf, type TrainableNetwork } from "@fleuron/graph";
import { type SavedModelSignature, toSavedModel } from "@fleuron/graph/tensorflow";
import type { TrainingPlan } from "@fleuron/training";
import { inTermsOfState, learningParameters, parameterStateName } from "@fleuron/training";
import { stepSignature } from "./step-signature.js";

/**
 * The bytes of `saved_model.pb`. Its variables have the names of the state. Signatures: `predict` (image → logits), in
 * float32 whatever the plan's precision, so that a validation says what the weights say wherever they are run;
 * where something learns also `step` (the training graph's inputs and learningRate → loss, correctCount) and
 * `gradients` (the same inputs → loss, correctCount, `gradient/…`; it moves the statistics); `read/…` and `write/…` for
 * each variable.
 */
export function trainingModel(plan: TrainingPlan): Uint8Array {
  const network = networkOf(plan.network);
  const training = inTermsOfState(network.trainingGraph(plan), network);
  const learns = learningParameters(plan).length > 0;
  const rounded = plan.precision === "bfloat16" && {
    mixed: { keepFloat32: [logitsLayer(training, network)] },
  };
  const signatures: { readonly [name: string]: SavedModelSignature } = {
    ...(learns && {
      step: {
        ...stepSignature(plan, training),
        outputs: ["loss", "correctCount"],
        ...rounded,
      },
      gradients: { graphs: [training], ...rounded },
    }),
    predict: { graphs: [inTermsOfState(network.inferenceGraph(), network)] },
  };
  return toSavedModel({ signatures });
}

/** The layer whose output are the logits: the one that reads the last kernel. */
function logitsLayer(training: Graph, network: TrainableNetwork): string {
  const last = network.parameters.findLast(({ kind }) => kind === "kernel");
  const kernel = last && training.variables.find(({ name }) => name === parameterStateName(last));
  const reader = kernel && training.nodes.find(({ inputs }) => inputs.includes(kernel.value));
  return reader?.place.layer ?? "";
}
