import { systemCode } from "@fleuron/files";
import { FleuronError, type FleuronErrorOptions } from "@fleuron/model";

/** Codes of the {@link FleuronError}s about data sets that are fetched, drawn or checked. */
export type DatasetErrorCode =
  /** No host could be reached, or none answered. */
  | "download-unreachable"
  /** A host answered with an error. */
  | "download-refused"
  /** A host answered with something else than the file: a page, another length. */
  | "download-unexpected"
  /** The connection broke or stood still too often. */
  | "download-interrupted"
  /** All bytes came, and they are not those of the file. */
  | "download-damaged"
  /** An archive has a link, a path out of its folder, or is larger than it may be. */
  | "archive-unsafe"
  | "archive-damaged"
  | "disk-full"
  | "folder-unwritable"
  /** Pictures were to be drawn into a folder that has something in it. */
  | "folder-not-empty"
  | "count-too-small";

export const datasetError = (code: DatasetErrorCode, message: string, options?: FleuronErrorOptions) =>
  new FleuronError<DatasetErrorCode>(code, message, options);

const PLACES = "--out for what you asked for, FLEURON_CACHE for what is cached, FLEURON_ENGINES for engines";

/** What a failed system call means for a file or folder that was being written; our own errors stay. */
export function writeFailure(place: string, cause: unknown): FleuronError {
  if (cause instanceof FleuronError) return cause;
  const code = systemCode(cause);
  if (code === "ENOSPC" || code === "EDQUOT") return diskFull(place, undefined, cause);
  const reason = cause instanceof Error ? cause.message : String(cause);
  return datasetError("folder-unwritable", `${place} cannot be written: ${reason}.`, {
    subject: place,
    hint: `Make the folder writable, or name another: ${PLACES}.`,
    cause,
  });
}

export function diskFull(place: string, needed?: number, cause?: unknown) {
  const wanted = needed === undefined ? "" : ` ${megabytes(needed)} are needed.`;
  return datasetError("disk-full", `There is no room left for ${place}.${wanted}`, {
    subject: place,
    hint: `Free some space, or name a folder on another disk: ${PLACES}.`,
    cause,
  });
}

export const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString("en-US")} MB`;
