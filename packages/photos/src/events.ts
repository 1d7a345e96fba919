/** What long work on photos reports. */
import type { ProgressEvent, WarningEvent } from "@fleuron/model";

export interface PhotosWarning extends WarningEvent {
  readonly code:
    | "class-names-alike"
    | "class-without-photos"
    | "classes-unbalanced"
    | "files-left-out"
    | "near-duplicates-across-split"
    | "photos-few"
    | "photos-unreadable"
    | "duplicates-across-classes"
    | "duplicates-across-parts"
    | "pixel-cache-too-small"
    | "pixel-cache-not-writable"
    | "validation-small";
}

export type PhotosEvent = ProgressEvent | PhotosWarning;

export function cacheTooSmall(bytes: number, limit: number): PhotosWarning {
  const gigabytes = (value: number) => `${(value / 1e9).toFixed(2)} GB`;
  return {
    type: "warning",
    code: "pixel-cache-too-small",
    message:
      `The decoded photos would take ${gigabytes(bytes)} and the cache may take ${gigabytes(limit)}: ` +
      "they will be decoded again in each epoch, which is slower.",
  };
}

export function cacheNotWritable(cause: unknown): PhotosWarning {
  return {
    type: "warning",
    code: "pixel-cache-not-writable",
    message: `The pixel cache cannot be written (${cause}): photos will be decoded again in each epoch.`,
  };
}

export function progressOfPhotos(task: string, completed: number, total: number): ProgressEvent {
  return { type: "progress", task, completed, total, unit: "photos" };
}
