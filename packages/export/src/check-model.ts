import { networkOf } from "@fleuron/graph";
import { inputSides } from "@fleuron/model";
import { checkWeights, type KnownWeights } from "./check-weights.js";
import { exportError } from "./errors.js";
import type { TrainedModel } from "./trained-model.js";

/**
 * Checks that labels, preprocessing and weights are the network's.
 * @throws FleuronError "model-invalid", "weights-invalid".
 */
export function checkModel(
  { network, labels, preprocessing, weights }: TrainedModel,
  known?: KnownWeights,
): void {
  const { classes, input } = networkOf(network);
  if (labels.length !== classes) {
    throw invalid(
      "labels",
      `the network distinguishes ${classes} classes, and there are ${labels.length} labels`,
    );
  }
  const { channels, height, width } = input;
  const made = inputSides(preprocessing);
  if (channels !== 3 || height !== made.height || width !== made.width) {
    const taken = `${channels} × ${height} × ${width}`;
    const given = `3 × ${made.height} × ${made.width}`;
    throw invalid("preprocessing", `the network takes ${taken}, and photos are made ${given}`);
  }
  checkWeights(network, weights, known);
}

const invalid = (subject: string, problem: string) =>
  exportError("model-invalid", `The model cannot be exported: ${problem}.`, {
    subject,
    hint: "Restore the run's files from a copy, or export another run.",
  });
