import { stepsLeft } from "./run-length.js";

/** Steps that are looked back on. */
export const STEPS_OF_WINDOW = 20;
/** The first steps of a process are slow. */
const FIRST_STEPS = 2;
/** A validation before the first one: its photos take this part of the time that training takes for as many, */
const PART_OF_TRAINING = 1 / 3;
/** and it takes this part of an epoch's steps at most. */
const MOST_OF_EPOCH = 0.1;

interface Step {
  readonly seconds: number;
  readonly waited: number;
  readonly photos: number;
}

/** Measures the recent steps, and says from them how long the rest will take. */
export class SpeedMeter {
  readonly #valCount: number;
  readonly #recent: Step[] = [];
  #steps = 0;
  #between: number | undefined;

  constructor(valCount: number) {
    this.#valCount = valCount;
  }

  step(seconds: number, waited: number, photos: number): void {
    this.#steps += 1;
    this.#recent.push({ seconds, waited, photos });
    if (this.#recent.length > STEPS_OF_WINDOW) this.#recent.shift();
  }

  /** Seconds from the last step of an epoch to the first of the next: validation and checkpoints. */
  betweenEpochs(seconds: number): void {
    this.#between = seconds;
  }

  get imagesPerSecond(): number {
    return sumOf("photos", this.#recent) / sumOf("seconds", this.#recent);
  }

  get dataWait(): number {
    return sumOf("waited", this.#recent) / sumOf("seconds", this.#recent);
  }

  /** The mean, which counts what comes in bursts, such as waiting for photos. */
  get secondsPerStep(): number {
    const steady = this.#steady();
    return sumOf("seconds", steady) / steady.length;
  }

  /** The time of validation and checkpoints; before the first ones, a guess. */
  secondsBetweenEpochs(stepsPerEpoch: number): number {
    if (this.#between !== undefined) return this.#between;
    const steady = this.#steady();
    const validation = (PART_OF_TRAINING * this.#valCount * steady.length) / sumOf("photos", steady);
    return this.secondsPerStep * Math.min(validation, MOST_OF_EPOCH * stepsPerEpoch);
  }

  /** Until the end of the run. `lastSteps` are the steps of the last epoch; default: `stepsPerEpoch`. */
  secondsLeft(at: {
    readonly epoch: number;
    readonly step: number;
    readonly stepsPerEpoch: number;
    readonly epochs: number;
    readonly lastSteps?: number;
  }): number {
    const { epoch, stepsPerEpoch, epochs, lastSteps = stepsPerEpoch } = at;
    const steps = stepsLeft(at, { epochs, lastSteps }, stepsPerEpoch);
    return steps * this.secondsPerStep + (epochs - epoch) * this.secondsBetweenEpochs(stepsPerEpoch);
  }

  /** The recent steps without the first ones of all, unless there are no others. */
  #steady(): readonly Step[] {
    const forgotten = this.#steps - this.#recent.length;
    return this.#recent.slice(Math.min(Math.max(0, FIRST_STEPS - forgotten), this.#recent.length - 1));
  }
}

const sumOf = (key: keyof Step, steps: readonly Step[]): number =>
  steps.reduce((sum, step) => sum + step[key], 0);
