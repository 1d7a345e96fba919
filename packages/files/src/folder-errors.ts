import { FleuronError, type FleuronErrorOptions, megabytes } from "@fleuron/model";
import { isDiskFull, reasonOf } from "./errors.js";

/** Codes of the {@link FleuronError}s about folders that are filled: data sets, engines. */
export type FolderErrorCode = "disk-full" | "folder-unwritable";

const folderError = (code: FolderErrorCode, message: string, options?: FleuronErrorOptions) =>
  new FleuronError<FolderErrorCode>(code, message, options);

const PLACES = "--out for what you asked for, FLEURON_CACHE for what is cached, FLEURON_ENGINES for engines";

/** What a failed system call means for a file or folder that was being written; our own errors stay. */
export function folderFailure(place: string, cause: unknown): FleuronError {
  if (cause instanceof FleuronError) return cause;
  if (isDiskFull(cause)) return diskFull(place, undefined, cause);
  return folderError("folder-unwritable", `${place} cannot be written: ${reasonOf(cause)}.`, {
    subject: place,
    hint: `Make the folder writable, or name another: ${PLACES}.`,
    cause,
  });
}

export function diskFull(place: string, needed?: number, cause?: unknown) {
  const wanted = needed === undefined ? "" : ` ${megabytes(needed)} are needed.`;
  return folderError("disk-full", `There is no room left for ${place}.${wanted}`, {
    subject: place,
    hint: `Free some space, or name a folder on another disk: ${PLACES}.`,
    cause,
  });
}
