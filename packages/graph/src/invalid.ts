import { FleuronError } from "@fleuron/model";
import type { GraphErrorCode } from "./shapes.js";

/** What is wrong with an input, an output or a variable, by its name. */
export const invalid = (subject: string, problem: string): FleuronError<GraphErrorCode> =>
  new FleuronError("graph-invalid", problem, { subject });
