import type { DownloadErrorCode } from "@fleuron/download";
import type { FolderErrorCode } from "@fleuron/files";
import { FleuronError, type FleuronErrorOptions } from "@fleuron/model";

/** Codes of the {@link FleuronError}s about data sets that are fetched, drawn or checked. */
export type DatasetErrorCode =
  | DownloadErrorCode
  | FolderErrorCode
  /** Pictures were to be drawn into a folder that has something in it. */
  | "folder-not-empty"
  | "count-too-small";

export const datasetError = (code: DatasetErrorCode, message: string, options?: FleuronErrorOptions) =>
  new FleuronError<DatasetErrorCode>(code, message, options);
