import { FleuronError, type FleuronErrorOptions } from "@fleuron/model";

export type TrainerErrorCode =
  | "checkpoint-mismatch"
  | "engine-unavailable"
  | "loss-not-finite"
  | "option-invalid"
  | "out-of-memory"
  | "plan-invalid"
  | "recipe-unknown"
  | "run-without-epochs";

export const trainerError = (code: TrainerErrorCode, message: string, options?: FleuronErrorOptions) =>
  new FleuronError<TrainerErrorCode>(code, message, options);
