import { networkOf } from "@fleuron/graph";
import { sizeOf } from "@fleuron/model";
import type { TrainingPlan } from "./plan.js";
import { learningParameters, stateTensors } from "./state.js";

const FLOAT_BYTES = 4;

/**
 * The bytes that a step takes with any engine: the state, a gradient for each weight, and the photos. What the layers put
 * out comes on top, several times the photos.
 */
export function leastBytes(plan: TrainingPlan): number {
  const elements = (tensors: readonly { readonly shape: readonly number[] }[]) =>
    tensors.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const { channels, height, width } = networkOf(plan.network).input;
  const state = elements(stateTensors(plan)) + elements(learningParameters(plan));
  return FLOAT_BYTES * (state + plan.batchSize * channels * height * width);
}
