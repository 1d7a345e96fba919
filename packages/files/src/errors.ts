import { constants } from "node:os";
import { FleuronError, type FleuronErrorOptions } from "@fleuron/model";

/** Codes of the {@link FleuronError}s about files that could not be written or read. */
export type FileErrorCode =
  | "disk-full"
  | "file-unwritable"
  | "file-unreadable"
  /** Another living process writes to the folder. */
  | "run-in-use";

export const fileError = (code: FileErrorCode, message: string, options: FleuronErrorOptions) =>
  new FleuronError<FileErrorCode>(code, message, options);

/** The code of a failed system call, such as ENOENT; one that came from a thread has it in its message alone. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  const [, code = ""] = /^([A-Z\d]+): /.exec(error.message) ?? [];
  return code in constants.errno ? code : undefined;
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether the disk, or what one may use of it, is full. */
export const isDiskFull = (error: unknown): boolean => ["ENOSPC", "EDQUOT"].includes(systemCode(error) ?? "");

/** What a failed system call means for a file that was being written. */
export function writeFailure(file: string, cause: unknown): FleuronError<FileErrorCode> {
  if (isDiskFull(cause)) {
    return fileError("disk-full", `The disk is full: ${file} could not be written.`, {
      subject: file,
      hint: "Free some space and try again; nothing that was saved before is lost.",
      cause,
    });
  }
  return fileError("file-unwritable", `${file} cannot be written: ${reasonOf(cause)}.`, {
    subject: file,
    hint: "Make the folder writable, or choose another one with --out.",
    cause,
  });
}

/** What a failed system call means for a file that was being read. */
export const readFailure = (file: string, cause: unknown): FleuronError<FileErrorCode> =>
  fileError("file-unreadable", `${file} cannot be read: ${reasonOf(cause)}.`, {
    subject: file,
    hint: "Check the permissions of the file and of the folders above it.",
    cause,
  });
