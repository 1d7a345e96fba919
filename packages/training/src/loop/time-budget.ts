import type { WarningEvent } from "@fleuron/model";
import { type FittedLength, fitLength, type Place, type RunLength, stepsOfEpoch } from "./run-length.js";
import { type SpeedMeter, STEPS_OF_WINDOW } from "./speed-meter.js";

/** In seconds. */
export interface TimeBudget {
  /** From the first to the last moment of all lives of the run: photos, steps, validations, checkpoints, report. */
  readonly seconds: number;
  /** Used in this life before the loop began. */
  readonly spent: number;
  /** Whether no report is to be left time for. Default: false. */
  readonly skipReport?: boolean;
}

/** Steps of a life after which the length of its run is first fitted; then it is fitted again after each epoch, and within the last one. */
const STEPS_TO_MEASURE = 5;

const DRAWING_SECONDS = 5;

/** The length of a run that must end in time. */
export class BudgetedLength {
  readonly #budget: TimeBudget;
  readonly #maximum: RunLength;
  readonly #earlier: number;
  readonly #began = performance.now();
  #length: RunLength;
  /** Absent before the first fit of all lives. */
  #rateFactor: number | undefined;
  #hasWarned = false;

  /** `maximum` is the run without a budget, `fitted` what an earlier life of the run has left. */
  constructor(budget: TimeBudget, maximum: RunLength, fitted: FittedLength | undefined) {
    this.#budget = budget;
    this.#maximum = maximum;
    this.#earlier = fitted?.seconds ?? 0;
    this.#length = fitted && fitted.epochs <= maximum.epochs ? fitted : maximum;
    this.#rateFactor = fitted?.rateFactor;
  }

  get fitted(): FittedLength {
    const { epochs, lastSteps } = this.#length;
    const rateFactor = this.#rateFactor;
    return { epochs, lastSteps, seconds: this.#used(), ...(rateFactor !== undefined && { rateFactor }) };
  }

  get length(): RunLength {
    return this.#length;
  }

  /** What the schedule's rates are multiplied by. */
  get rateFactor(): number {
    return this.#rateFactor ?? 1;
  }

  /** Whether to fit the length after a step, before the next one of its epoch. */
  isDue({ epoch, step }: Place, stepsOfLife: number): boolean {
    const isAtEnd = step >= stepsOfEpoch(epoch, this.#length, this.#maximum.lastSteps);
    return !isAtEnd && stepsOfLife % STEPS_OF_WINDOW === STEPS_TO_MEASURE;
  }

  /**
   * Fits the length to the time that is left: a report takes a validation, and time to start and to draw. Within an epoch, what was
   * fitted before stays where later epochs can make up for what has changed.
   * @param secondsToSave that the last checkpoint takes after the last epoch.
   */
  fit(place: Place, speed: SpeedMeter, secondsToSave = 0): RunLength {
    const { epochs: maximumEpochs, lastSteps: stepsPerEpoch } = this.#maximum;
    const { seconds, skipReport } = this.#budget;
    const secondsBetweenEpochs = speed.secondsBetweenEpochs(stepsPerEpoch);
    const secondsToReport = skipReport ? 0 : secondsBetweenEpochs + Math.min(DRAWING_SECONDS, seconds / 10);
    const fitted = fitLength(place, {
      secondsLeft: seconds - this.#used() - secondsToReport - secondsToSave,
      secondsPerStep: speed.secondsPerStep,
      secondsBetweenEpochs,
      stepsPerEpoch,
      maximumEpochs,
    });
    const endsHere = ({ epochs }: RunLength) => epochs === place.epoch + 1;
    const isFirst = this.#rateFactor === undefined;
    if (isFirst || place.step === 0 || endsHere(fitted) || endsHere(this.#length)) this.#length = fitted;
    return this.#length;
  }

  /**
   * To be called after each fit: the first one begins the schedule that fits, after others the rate goes on from where it was.
   * @param before the rate that the schedule had for the last step, of the length before the fit.
   * @param now the same, of the length after it.
   */
  keepRate(before: number, now: number): void {
    this.#rateFactor = this.#rateFactor === undefined ? 1 : this.#rateFactor * (before / now);
  }

  *warnings(): Generator<WarningEvent> {
    const { epochs, lastSteps } = this.#length;
    const full = this.#maximum.lastSteps;
    if (epochs > 1 || lastSteps === full || this.#hasWarned) return;
    this.#hasWarned = true;
    const message =
      `The time budget of ${Math.round(this.#budget.seconds)} s is shorter than an epoch: ` +
      `the run takes about ${lastSteps} of its ${full} steps.`;
    yield { type: "warning", code: "time-budget-short", message };
  }

  #used(): number {
    return this.#earlier + this.#budget.spent + (performance.now() - this.#began) / 1000;
  }
}
