// Which epoch of a run has the weights that every command takes, and why that one.
import * as v from "valibot";

const number = v.pipe(v.number(), v.finite());

export const END_OF_SCHEDULE = "the end of its schedule";
export const LOWEST_LOSS = "lowest smoothed validation loss";

export const bestEpochSchema = v.strictObject({
  /** From 1. */
  epoch: v.pipe(v.number(), v.integer(), v.minValue(1)),
  valLoss: number,
  valAccuracy: number,
  /** Absent in runs from before the reason was kept. */
  why: v.optional(v.picklist([END_OF_SCHEDULE, LOWEST_LOSS])),
});

export type BestEpoch = Readonly<v.InferOutput<typeof bestEpochSchema>>;

/** "epoch 12 of 22, lowest smoothed validation loss", of a run of `epochs` epochs. */
export function bestEpochInWords({ epoch, why }: BestEpoch, epochs: number): string {
  const place = `epoch ${epoch} of ${epochs}`;
  if (why === undefined) return place;
  // A run that was complete, and then lengthened.
  return why === END_OF_SCHEDULE && epoch < epochs
    ? `${place}, the end of a shorter schedule`
    : `${place}, ${why}`;
}
