import type { MachineErrorCode } from "@fleuron/machine";
import { FleuronError, type FleuronErrorOptions } from "@fleuron/model";

/** Codes of the {@link FleuronError}s about installing an engine. */
export type EngineInstallErrorCode =
  /** There is no engine of that name that could be installed. */
  | "engine-unknown"
  | "engine-not-installed"
  /** The engine does not exist for this operating system or processor. */
  | "platform-unsupported"
  /** No C++ compiler, or no npm, was found. */
  | "program-missing"
  /** npm, pip or the compiler failed. */
  | MachineErrorCode
  /** What was given as libtensorflow is none, or not one for this machine. */
  | "library-unfit"
  /** The engine was built, and does not compute what it should. */
  | "engine-check-failed";

export const installError = (code: EngineInstallErrorCode, message: string, options?: FleuronErrorOptions) =>
  new FleuronError<EngineInstallErrorCode>(code, message, options);
