import { FleuronError, type FleuronErrorOptions } from "@fleuron/model";

/** Codes of the {@link FleuronError}s about programs of the machine. */
export type MachineErrorCode = "program-failed";

export const machineError = (code: MachineErrorCode, message: string, options?: FleuronErrorOptions) =>
  new FleuronError<MachineErrorCode>(code, message, options);
