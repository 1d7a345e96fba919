import { constants } from "node:os";
import { type ErrorCodeOf, errorsOf, type FleuronError } from "@fleuron/model";

/** Errors about files that could not be written or read. */
export const fileError = errorsOf({
  "disk-full": "machine",
  "file-unwritable": "machine",
  "file-unreadable": "machine",
  /** Another living process writes to the folder. */
  "run-in-use": "machine",
});

export type FileErrorCode = ErrorCodeOf<typeof fileError>;

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
    hint: "Make the folder writable, or choose another one.",
    cause,
  });
}

/** What the code of a failed call says of the file, and what to do. */
const unreadable: { readonly [code: string]: readonly [problem: string, hint: string] } = {
  ENOENT: ["does not exist", "Check the path."],
  ENOTDIR: ["does not exist", "Check the path."],
  EISDIR: ["is a folder", "Name a file."],
  ERR_FS_FILE_TOO_LARGE: ["has more than 2 GiB", "Files of up to 2 GiB are read: take a smaller one."],
};

/** What a failed system call means for a file that was being read. */
export function readFailure(file: string, cause: unknown): FleuronError<FileErrorCode> {
  const [problem, hint] = unreadable[systemCode(cause) ?? ""] ?? [
    `cannot be read: ${reasonOf(cause)}`,
    "Check the permissions of the file and of the folders above it.",
  ];
  return fileError("file-unreadable", `${file} ${problem}.`, { subject: file, hint, cause });
}
