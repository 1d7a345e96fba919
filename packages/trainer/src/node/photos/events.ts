/** What long work on photos reports. */

export interface ProgressEvent {
  readonly type: "progress";
  /** What is being done, such as "decoding photos". */
  readonly task: string;
  /** Rises to `total`. */
  readonly completed: number;
  readonly total: number;
  readonly unit: "photos";
}

export interface WarningEvent {
  readonly type: "warning";
  readonly code:
    | "photos-unreadable"
    | "duplicates-across-classes"
    | "duplicates-across-parts"
    | "pixel-cache-too-small"
    | "pixel-cache-not-writable";
  readonly message: string;
}

export type PhotosEvent = ProgressEvent | WarningEvent;
