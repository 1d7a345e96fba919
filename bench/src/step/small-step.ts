// The step that is compared: small, so that a processor that plays a GPU finishes it.
import { alexnet } from "@fleuron/model";
import type { LayeredPlan } from "@fleuron/training";
import { type Step, stepOf } from "./step.js";

export const smallPlan: LayeredPlan = {
  network: alexnet({ classes: 5, width: 0.1, imageSize: 99 }),
  optimiser: { type: "sgd", momentum: 0.9, nesterov: true, weightDecay: 0, clipNorm: null },
  precision: "float32",
  batchSize: 8,
};

export const smallStep = (): Promise<Step> => stepOf(smallPlan, 0.01);
