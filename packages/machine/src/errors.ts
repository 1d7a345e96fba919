import { type ErrorCodeOf, errorsOf } from "@fleuron/model";

/** Errors about programs of the machine. */
export const machineError = errorsOf({ "program-failed": "machine" });

export type MachineErrorCode = ErrorCodeOf<typeof machineError>;
