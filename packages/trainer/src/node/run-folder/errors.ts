import { FleuronError, type FleuronErrorOptions } from "@fleuron/model";

/** Codes of the {@link FleuronError}s about the folder of a run. */
export type RunFolderErrorCode =
  /** A new run was to be put into a folder that has something in it. */
  | "run-folder-exists"
  | "run-folder-not-found"
  | "run-folder-unreadable"
  | "run-folder-unwritable"
  | "disk-full"
  /** Another living process writes to the folder. */
  | "run-in-use"
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

/** The code of a failed system call, such as ENOENT. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What a failed system call means for a file that was being written. */
export function writeFailure(file: string, cause: unknown): FleuronError<RunFolderErrorCode> {
  const code = systemCode(cause);
  if (code === "ENOSPC" || code === "EDQUOT") {
    return runFolderError("disk-full", `The disk is full: ${file} could not be written.`, {
      subject: file,
      hint: "Free some space; a run goes on from its last checkpoint with --resume.",
      cause,
    });
  }
  return runFolderError("run-folder-unwritable", `${file} cannot be written: ${reason(cause)}.`, {
    subject: file,
    hint: "Make the folder writable, or choose another one with --out.",
    cause,
  });
}

/** What a failed system call means for a file that was being read. */
export const readFailure = (file: string, cause: unknown): FleuronError<RunFolderErrorCode> =>
  runFolderError("run-folder-unreadable", `${file} cannot be read: ${reason(cause)}.`, {
    subject: file,
    hint: "Check the permissions of the file and of the folders above it.",
    cause,
  });
