import { type ErrorCodeOf, errorsOf, FleuronError, megabytes } from "@fleuron/model";
import { isDiskFull, reasonOf } from "./errors.js";

/** Errors about folders that are filled: data sets, engines. */
const folderError = errorsOf({ "disk-full": "machine", "folder-unwritable": "machine" });

export type FolderErrorCode = ErrorCodeOf<typeof folderError>;

const PLACES = "`out` for what you asked for, FLEURON_CACHE for what is cached, FLEURON_ENGINES for engines";

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

/** Rejects with that, for work that has failed. */
export const failedFolder =
  (place: string) =>
  (cause: unknown): Promise<never> =>
    Promise.reject(folderFailure(place, cause));

export function diskFull(place: string, needed?: number, cause?: unknown) {
  const wanted = needed === undefined ? "" : ` ${megabytes(needed)} are needed.`;
  return folderError("disk-full", `There is no room left for ${place}.${wanted}`, {
    subject: place,
    hint: `Free some space, or name a folder on another disk: ${PLACES}.`,
    cause,
  });
}
