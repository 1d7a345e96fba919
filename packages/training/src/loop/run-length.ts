// How long a run is: planned as epochs, or fitted to a time budget.
import * as v from "valibot";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

export interface RunLength {
  readonly epochs: number;
  /** Steps of the last epoch, which a time budget may cut short. */
  readonly lastSteps: number;
}

export const fittedLengthSchema = v.strictObject({
  epochs: count,
  lastSteps: count,
  /** The seconds of the time budget that were used up to the checkpoint. */
  seconds: v.pipe(v.number(), v.minValue(0)),
  /** What the schedule's rates are multiplied by, so that they do not leap where the length changes; absent before the first fit. */
  rateFactor: v.optional(v.pipe(v.number(), v.minValue(0))),
});

export type FittedLength = v.InferOutput<typeof fittedLengthSchema>;

/** Complete epochs, and steps of the next one. */
export interface Place {
  readonly epoch: number;
  readonly step: number;
}

export const stepsOfEpoch = (
  epoch: number,
  { epochs, lastSteps }: RunLength,
  stepsPerEpoch: number,
): number => (epoch === epochs - 1 ? lastSteps : stepsPerEpoch);

/** Steps that are left of a run at a place in it. */
export const stepsLeft = ({ epoch, step }: Place, length: RunLength, stepsPerEpoch: number): number =>
  (length.epochs - epoch - 1) * stepsPerEpoch + length.lastSteps - step;

/** An epoch that is cut shorter than this is no training; a run that is not at its end yet takes them in any case. */
const FEWEST_STEPS = 10;
/** Steps in which the rate comes to its end where the time is over. */
const STEPS_TO_END = 5;

/**
 * The length that fits into the time that is left for a run that still has steps to come: whole epochs,
 * `maximumEpochs` at most, and then a last one that is cut short.
 * @param measured.secondsLeft for steps and what comes after each epoch.
 */
export function fitLength(
  { epoch, step }: Place,
  measured: {
    readonly secondsLeft: number;
    readonly secondsPerStep: number;
    readonly secondsBetweenEpochs: number;
    readonly stepsPerEpoch: number;
    readonly maximumEpochs: number;
  },
): RunLength {
  const { secondsLeft, secondsPerStep, secondsBetweenEpochs, stepsPerEpoch, maximumEpochs } = measured;
  // Counted from the start of the epoch that is under way, as if its steps were still to come.
  const seconds = Math.max(0, secondsLeft + step * secondsPerStep);
  const secondsPerEpoch = stepsPerEpoch * secondsPerStep + secondsBetweenEpochs;
  const whole = Math.floor(seconds / secondsPerEpoch);
  if (epoch + whole >= maximumEpochs) return { epochs: maximumEpochs, lastSteps: stepsPerEpoch };

  const rest = seconds - whole * secondsPerEpoch - secondsBetweenEpochs;
  const steps = Math.min(stepsPerEpoch, Math.floor(rest / secondsPerStep));
  const fewest = Math.min(stepsPerEpoch, FEWEST_STEPS);
  if (whole === 0) {
    const toEnd = Math.min(stepsPerEpoch, step + STEPS_TO_END);
    return { epochs: epoch + 1, lastSteps: Math.max(steps, toEnd, fewest) };
  }
  if (steps < fewest) return { epochs: epoch + whole, lastSteps: stepsPerEpoch };
  return { epochs: epoch + whole + 1, lastSteps: steps };
}
