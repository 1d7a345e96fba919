import type { WarningEvent } from "@fleuron/model";
import { type FittedLength, fitLength, type Place, type RunLength } from "./run-length.js";
import type { SpeedMeter } from "./speed-meter.js";

/** In seconds. */
export interface TimeBudget {
  /** From the first to the last moment of all lives of the run: photos, steps, validations, checkpoints, report. */
  readonly seconds: number;
  /** Used in this life before the loop began. */
  readonly spent: number;
}

/** Steps of a run after which its length is first fitted; then it is fitted again after each epoch. */
export const STEPS_TO_MEASURE = 5;

const DRAWING_SECONDS = 5;

/** The length of a run that must end in time. */
export class BudgetedLength {
  readonly #budget: TimeBudget;
  readonly #maximum: RunLength;
  readonly #earlier: number;
  readonly #began = performance.now();
  #length: RunLength;

  /** `maximum` is the run without a budget, `fitted` what an earlier life of the run has left. */
  constructor(budget: TimeBudget, maximum: RunLength, fitted: FittedLength | undefined) {
    this.#budget = budget;
    this.#maximum = maximum;
    this.#earlier = fitted?.seconds ?? 0;
    this.#length = fitted && fitted.epochs <= maximum.epochs ? fitted : maximum;
  }

  get fitted(): FittedLength {
    const { epochs, lastSteps } = this.#length;
    return { epochs, lastSteps, seconds: this.#used() };
  }

  get length(): RunLength {
    return this.#length;
  }

  /**
   * Fits the length to the time that is left: the report takes a validation, and time to start and to draw.
   * @param secondsToSave that the last checkpoint takes after the last epoch.
   */
  fit(place: Place, speed: SpeedMeter, secondsToSave = 0): RunLength {
    const { epochs: maximumEpochs, lastSteps: stepsPerEpoch } = this.#maximum;
    const { seconds } = this.#budget;
    const secondsBetweenEpochs = speed.secondsBetweenEpochs(stepsPerEpoch);
    this.#length = fitLength(place, {
      secondsLeft:
        seconds -
        this.#used() -
        secondsBetweenEpochs -
        secondsToSave -
        Math.min(DRAWING_SECONDS, seconds / 10),
      secondsPerStep: speed.secondsPerStep,
      secondsBetweenEpochs,
      stepsPerEpoch,
      maximumEpochs,
    });
    return this.#length;
  }

  *warnings(): Generator<WarningEvent> {
    const { epochs, lastSteps } = this.#length;
    const full = this.#maximum.lastSteps;
    if (epochs > 1 || lastSteps === full) return;
    const message =
      `The time budget of ${Math.round(this.#budget.seconds)} s is shorter than an epoch: ` +
      `the run takes ${lastSteps} of its ${full} steps.`;
    yield { type: "warning", code: "time-budget-short", message };
  }

  #used(): number {
    return this.#earlier + this.#budget.spent + (performance.now() - this.#began) / 1000;
  }
}
