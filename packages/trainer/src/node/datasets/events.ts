import type { ProgressEvent, WarningEvent } from "../../events.js";

export type DatasetEvent = ProgressEvent | WarningEvent;

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
