import type { MachineErrorCode } from "@fleuron/machine";
import { type ErrorCodeOf, errorsOf } from "@fleuron/model";

/** Errors about installing an engine. */
export const installError = errorsOf({
  /** There is no engine of that name that could be installed. */
  "engine-unknown": "usage",
  "engine-not-installed": "machine",
  /** The engine does not exist for this operating system or processor. */
  "platform-unsupported": "machine",
  /** No C++ compiler, or no npm, was found. */
  "program-missing": "machine",
  /** What was given as a library is none, or not one for this machine. */
  "library-unfit": "data",
  /** The engine was made, and does not compute what it should. */
  "engine-check-failed": "machine",
});

export type EngineInstallErrorCode = ErrorCodeOf<typeof installError> | MachineErrorCode;
