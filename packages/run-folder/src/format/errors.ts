import { type ErrorCodeOf, errorsOf } from "@fleuron/model";

/** Errors about the folder of a run; `@fleuron/files` has those about any file. */
export const runFolderError = errorsOf({
  /** A new run was to be put into a folder that is not empty. */
  "run-folder-exists": "usage",
  "run-folder-not-found": "data",
  /** There is a folder, but no run.json in it. */
  "run-record-missing": "data",
  "run-record-invalid": "data",
  /** network.json is missing, or another than the run began with. */
  "run-network-invalid": "data",
  /** run.json was written by a later version of Fleuron. */
  "run-record-newer": "data",
  "metrics-invalid": "data",
  "checkpoint-missing": "data",
  /** The file is shorter than its header says. */
  "checkpoint-truncated": "data",
  "checkpoint-invalid": "data",
  "checkpoint-newer": "data",
  /** Names or shapes are not those that the plan asks for. */
  "checkpoint-mismatch": "data",
  /** `runs/latest` names no run. */
  "no-run": "data",
});

export type RunFolderErrorCode = ErrorCodeOf<typeof runFolderError>;
