import { type ErrorCodeOf, errorsOf } from "@fleuron/model";

/** Errors about files that are fetched, and what is in them. */
export const downloadError = errorsOf({
  /** No host could be reached, or none answered. */
  "download-unreachable": "machine",
  /** A host answered with an error. */
  "download-refused": "machine",
  /** A host answered with something else than the file: a page, another length. */
  "download-unexpected": "machine",
  /** The connection broke or stood still too often. */
  "download-interrupted": "machine",
  /** All bytes came, and they are not those of the file. */
  "download-damaged": "machine",
  /** An archive has a link, a path out of its folder, or is larger than it may be. */
  "archive-unsafe": "data",
  "archive-damaged": "data",
});

export type DownloadErrorCode = ErrorCodeOf<typeof downloadError>;
