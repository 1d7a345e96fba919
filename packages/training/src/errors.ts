import { FleuronError, type FleuronErrorOptions } from "@fleuron/model";

export type TrainerErrorCode =
  | "checkpoint-mismatch"
  /** The process that computed ended by itself. */
  | "engine-ended"
  | "engine-unavailable"
  /** No table has an engine of that name. */
  | "engine-unknown"
  | "loss-not-finite"
  | "option-invalid"
  | "option-missing"
  | "option-unknown"
  | "out-of-memory"
  | "plan-invalid"
  | "recipe-unknown"
  | "result-not-finite"
  | "run-without-epochs";

export const trainerError = (code: TrainerErrorCode, message: string, options?: FleuronErrorOptions) =>
  new FleuronError<TrainerErrorCode>(code, message, options);
