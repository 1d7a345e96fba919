import { type ErrorCodeOf, errorsOf, FleuronError } from "@fleuron/model";
import { systemCode } from "./errors.js";

/** Errors about folders that are filled: data sets, engines. */
const folderError = errorsOf({ "disk-full": "machine", "folder-unwritable": "machine" });

export type FolderErrorCode = ErrorCodeOf<typeof folderError>;

const PLACES = "--out for what you asked for, FLEURON_CACHE for what is cached, FLEURON_ENGINES for engines";

/** What a failed system call means for a file or folder that was being written; our own errors stay. */
export function folderFailure(place: string, cause: unknown): FleuronError {
  if (cause instanceof FleuronError) return cause;
  const code = systemCode(cause);
  if (code === "ENOSPC" || code === "EDQUOT") return diskFull(place, undefined, cause);
  const reason = cause instanceof Error ? cause.message : String(cause);
  return folderError("folder-unwritable", `${place} cannot be written: ${reason}.`, {
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

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString("en-US")} MB`;
