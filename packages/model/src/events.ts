// What long work reports while it runs. The command line draws these, `--json` prints them.

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

/** What work without steps of its own tells. */
export type WorkEvent = ProgressEvent | WarningEvent;

export const progress = (task: string, completed: number, total: number, unit: string): ProgressEvent => ({
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
