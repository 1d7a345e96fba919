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
 * The state after an epoch, `undefined` before the first reduction. `epoch` epochs are complete, and the best of
 * them was `bestEpoch`, from 1.
 */
export function plateauAfter(
  schedule: Schedule,
  plateau: Plateau | undefined,
  { epoch, bestEpoch }: { readonly epoch: number; readonly bestEpoch: number },
): Plateau | undefined {
  if (schedule.type !== "plateau") return undefined;
  const waited = epoch - Math.max(bestEpoch, plateau?.epoch ?? 0);
  return waited < schedule.patience ? plateau : { reductions: (plateau?.reductions ?? 0) + 1, epoch };
}
