// How much the classes count, in the words of a command line.
import { oneOf } from "@fleuron/model/options";

/** "balanced": each class has the same share of the loss, however many training photos it has. */
export const classWeightsKind = oneOf(["balanced", "none"], "Class weights");
