import { type EpochMetrics, lossText, type WarningEvent } from "@fleuron/model";

/** The multiple of the loss of guessing that counts as divergence: recipes begin below 5 times that, where inputs are large and dropout is strong. */
const TIMES_GUESSING = 20;

/** Says that an epoch's losses are those of a run that diverges: numbers still, and of no use. */
export function divergence(
  { epoch, loss, valLoss }: Pick<EpochMetrics, "epoch" | "loss" | "valLoss">,
  classes: number,
): WarningEvent | undefined {
  const guessing = Math.log(classes);
  const largest = Math.max(loss, valLoss);
  if (largest < TIMES_GUESSING * guessing) return undefined;
  const message =
    `The loss of epoch ${epoch} is ${lossText(largest)}, where guessing has ${lossText(guessing)}: the run diverges. ` +
    "Start a new one with a smaller --learning-rate.";
  return { type: "warning", code: "run-diverges", message };
}
