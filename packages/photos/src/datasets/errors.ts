import type { DownloadErrorCode } from "@fleuron/download";
import type { FolderErrorCode } from "@fleuron/files";
import { type ErrorCodeOf, errorsOf } from "@fleuron/model";

/** Errors about data sets that are drawn. */
export const datasetError = errorsOf({
  /** Pictures were to be drawn into a folder that is not empty. */
  "folder-not-empty": "usage",
});

export type DatasetErrorCode = ErrorCodeOf<typeof datasetError> | DownloadErrorCode | FolderErrorCode;
