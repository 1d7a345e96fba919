import { FleuronError, type FleuronErrorOptions } from "@fleuron/model";

/** Codes of the {@link FleuronError}s about files that are fetched, and what is in them. */
export type DownloadErrorCode =
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
  | "archive-damaged";

export const downloadError = (code: DownloadErrorCode, message: string, options?: FleuronErrorOptions) =>
  new FleuronError<DownloadErrorCode>(code, message, options);
