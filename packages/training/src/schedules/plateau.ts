import * as v from "valibot";
import type { Schedule } from "./index.js";

/** Where a run's `plateau` schedule stands. */
export const plateauSchema = v.strictObject({
  reductions: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Epochs that were complete at the last reduction. */
  epoch: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

export type Plateau = v.InferOutput<typeof plateauSchema>;

/**
 * The state after as many epochs as there are accuracies, `undefined` before the first reduction.
 */
export function plateauAfter(
  schedule: Schedule,
  plateau: Plateau | undefined,
  accuracies: readonly number[],
): Plateau | undefined {
  if (schedule.type !== "plateau") return undefined;
  const epoch = accuracies.length;
  const highest = accuracies.indexOf(Math.max(...accuracies)) + 1;
  const waited = epoch - Math.max(highest, plateau?.epoch ?? 0);
  return waited < schedule.patience ? plateau : { reductions: (plateau?.reductions ?? 0) + 1, epoch };
}
