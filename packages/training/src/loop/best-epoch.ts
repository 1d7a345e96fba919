// Which epoch's weights are a run's best. A single figure of some hundred photos differs from the next by chance: the
// highest of fifty accuracies is mostly luck. So the end of a schedule that anneals is taken, where the weights have come to
// rest; in a run that did not come so far, the lowest validation loss, smoothed.
import { type BestEpoch, END_OF_SCHEDULE, LOWEST_LOSS } from "@fleuron/model";

/** What a validation says, of the epochs from the first on. */
export type Validations = readonly { readonly valLoss: number; readonly valAccuracy: number }[];

/** Shares of an epoch's own loss, and of those of the epochs before it. */
const SHARES = [0.5, 0.25, 0.25];

/** The smoothed loss of an epoch, from 1: half its own, a quarter each of the two before, as far as there are any. */
export function smoothedLoss(validations: Validations, epoch: number): number {
  const shares = SHARES.slice(0, epoch);
  const sum = shares.reduce(
    (total, share, before) => total + share * validations[epoch - 1 - before]!.valLoss,
    0,
  );
  return sum / shares.reduce((total, share) => total + share);
}

/** The best after the last of `validations`, where it was `best` before; `annealed`: the run's schedule ends with it. */
export function bestAfter(validations: Validations, best: BestEpoch | null, annealed: boolean): BestEpoch {
  const epoch = validations.length;
  const { valLoss, valAccuracy } = validations[epoch - 1]!;
  if (annealed) return { epoch, valLoss, valAccuracy, why: END_OF_SCHEDULE };
  const lower = best === null || smoothedLoss(validations, epoch) < lossToBeat(validations, best);
  return lower ? { epoch, valLoss, valAccuracy, why: LOWEST_LOSS } : best;
}

/** The end of a schedule, in a run that was lengthened, counts as it is: it was at rest, the epochs before it were not. */
const lossToBeat = (validations: Validations, { epoch, valLoss, why }: BestEpoch): number =>
  why === END_OF_SCHEDULE ? valLoss : smoothedLoss(validations, epoch);
