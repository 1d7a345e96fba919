// What long work reports while it runs. The command line draws these, `--json` prints them.

/** What the figures of a `ProgressEvent` count: one word each, so that nobody has to know two spellings. */
export type ProgressUnit =
  | "addon"
  | "archive"
  | "browser"
  | "bytes"
  | "checkpoint"
  | "engines"
  | "epochs"
  | "files"
  | "numbers"
  | "package"
  | "patches"
  | "photos"
  | "pictures"
  | "step";

/** Work with a known end, such as decoding photos; the last one has completed = total. */
export interface ProgressEvent {
  readonly type: "progress";
  readonly task: string;
  readonly completed: number;
  readonly total: number;
  readonly unit: ProgressUnit;
}

export interface WarningEvent {
  readonly type: "warning";
  readonly code: string;
  readonly message: string;
}

/** The events of work without steps of its own. */
export type WorkEvent = ProgressEvent | WarningEvent;

export const progress = (
  task: string,
  completed: number,
  total: number,
  unit: ProgressUnit,
): ProgressEvent => ({
  type: "progress",
  task,
  completed,
  total,
  unit,
});

export const warning = (code: string, message: string): WarningEvent => ({ type: "warning", code, message });

/** Lets at most ten events a second through, and always the last. */
export function throttle(total: number): (completed: number) => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return (completed) => {
    const now = performance.now();
    if (completed < total && now - last < 100) return false;
    last = now;
    return true;
  };
}
