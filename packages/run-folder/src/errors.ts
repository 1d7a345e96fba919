import { FleuronError, type FleuronErrorOptions } from "@fleuron/model";

/** Codes of the {@link FleuronError}s about the folder of a run; `@fleuron/files` has those about any file. */
export type RunFolderErrorCode =
  /** A new run was to be put into a folder that has something in it. */
  | "run-folder-exists"
  | "run-folder-not-found"
  /** There is a folder, but no run.json in it. */
  | "run-record-missing"
  | "run-record-invalid"
  /** run.json was written by a later version of Fleuron. */
  | "run-record-newer"
  | "metrics-invalid"
  | "checkpoint-missing"
  /** The file is shorter than its header says. */
  | "checkpoint-truncated"
  | "checkpoint-invalid"
  | "checkpoint-newer"
  /** Names or shapes are not those that the plan asks for. */
  | "checkpoint-mismatch"
  /** `runs/latest` names no run. */
  | "no-run";

export const runFolderError = (code: RunFolderErrorCode, message: string, options: FleuronErrorOptions) =>
  new FleuronError<RunFolderErrorCode>(code, message, options);
