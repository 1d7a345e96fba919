// What long work tells whoever waits for it. The command line draws these, `--json` prints them.

/** Work with a known end, such as decoding photos; the last one has completed = total. */
export interface ProgressEvent {
  readonly type: "progress";
  readonly task: string;
  readonly completed: number;
  readonly total: number;
  readonly unit: string;
}

export interface WarningEvent {
  readonly type: "warning";
  readonly code: string;
  readonly message: string;
}
