// The pace of a run: its length, fitted to the time where that is limited, the learning rate on the way, and the speed.
import type { WarningEvent } from "@fleuron/model";
import { learningRateAt, type Schedule } from "../schedules/index.js";
import type { TrainingProgress } from "./checkpoint.js";
import { type FittedLength, type RunLength, stepsLeft, stepsOfEpoch } from "./run-length.js";
import { SpeedMeter } from "./speed-meter.js";
import { BudgetedLength, type TimeBudget } from "./time-budget.js";

export interface PlannedPace {
  readonly schedule: Schedule;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly valCount: number;
  readonly timeBudget: TimeBudget | undefined;
}

export class Pace {
  readonly speed: SpeedMeter;
  readonly #schedule: Schedule;
  readonly #stepsPerEpoch: number;
  readonly #budget: BudgetedLength | undefined;
  #length: RunLength;
  #stepsOfLife = 0;

  /** `fitted` is what an earlier life of the run has left. */
  constructor(planned: PlannedPace, fitted: FittedLength | undefined) {
    const { schedule, epochs, stepsPerEpoch, valCount, timeBudget } = planned;
    this.speed = new SpeedMeter(valCount);
    this.#schedule = schedule;
    this.#stepsPerEpoch = stepsPerEpoch;
    this.#length = { epochs, lastSteps: stepsPerEpoch };
    this.#budget = timeBudget && new BudgetedLength(timeBudget, this.#length, fitted);
    if (this.#budget) this.#length = this.#budget.length;
  }

  /** The run's, as planned or as fitted. */
  get epochs(): number {
    return this.#length.epochs;
  }

  stepsOf(epoch: number): number {
    return stepsOfEpoch(epoch, this.#length, this.#stepsPerEpoch);
  }

  /** The next step's. */
  learningRate(progress: TrainingProgress): number {
    const rate = this.#scheduled(progress, progress.iterations) * (this.#budget?.rateFactor ?? 1);
    return Math.min(rate, this.#schedule.learningRate);
  }

  secondsLeft(progress: TrainingProgress): number {
    return this.speed.secondsLeft({ ...progress, ...this.#length, stepsPerEpoch: this.#stepsPerEpoch });
  }

  /** Fits the length, where that is due, to the speed of this life of the run: to be called after each of its steps. */
  *fitAfterStep(progress: TrainingProgress, secondsToSave: number | undefined): Generator<WarningEvent> {
    this.#stepsOfLife += 1;
    if (!this.#budget?.isDue(progress, this.#stepsOfLife)) return;
    this.#fit(this.#budget, progress, secondsToSave);
    yield* this.#budget.warnings();
  }

  fitAfterEpoch(progress: TrainingProgress, secondsToSave: number | undefined): void {
    if (this.#budget && progress.epoch < this.epochs) this.#fit(this.#budget, progress, secondsToSave);
  }

  /** With the length and the time used, for the next life of the run. */
  recorded(progress: TrainingProgress): TrainingProgress {
    return this.#budget ? { ...progress, fitted: this.#budget.fitted } : progress;
  }

  #fit(budget: BudgetedLength, progress: TrainingProgress, secondsToSave: number | undefined): void {
    const lastStep = progress.iterations - 1;
    const before = this.#scheduled(progress, lastStep);
    this.#length = budget.fit(progress, this.speed, secondsToSave);
    budget.keepRate(before, this.#scheduled(progress, lastStep));
  }

  #scheduled(progress: TrainingProgress, iteration: number): number {
    const steps = progress.iterations + stepsLeft(progress, this.#length, this.#stepsPerEpoch);
    return learningRateAt(this.#schedule, {
      iteration,
      stepsPerEpoch: this.#stepsPerEpoch,
      epochs: steps / this.#stepsPerEpoch,
      ...(progress.plateau && { reductions: progress.plateau.reductions }),
    });
  }
}
