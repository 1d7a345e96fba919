// The step that people wait for: full-width AlexNet, a batch of 32 photos of 227×227.
import { alexnet } from "@fleuron/model";
import { smallPlan } from "./small-step.js";
import { type Step, stepOf } from "./step.js";

export const fullPlan = { ...smallPlan, network: alexnet({ classes: 5 }), batchSize: 32 };

/** Slow enough that rounding does not make the losses part. */
export const fullStep = (): Promise<Step> => stepOf(fullPlan, 1e-4);
