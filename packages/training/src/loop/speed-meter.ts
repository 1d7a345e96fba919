/** Measures the recent steps, and says from them how long the rest will take. */
export class SpeedMeter {
  readonly #recent: { readonly seconds: number; readonly waited: number; readonly images: number }[] = [];
  #between: number | undefined;

  step(seconds: number, waited: number, images: number): void {
    this.#recent.push({ seconds, waited, images });
    if (this.#recent.length > 20) this.#recent.shift();
  }

  /** Seconds from the last step of an epoch to the first of the next: validation and checkpoints. */
  betweenEpochs(seconds: number): void {
    this.#between = seconds;
  }

  get imagesPerSecond(): number {
    return this.#sum("images") / this.#sum("seconds");
  }

  get dataWait(): number {
    return this.#sum("waited") / this.#sum("seconds");
  }

  /** The first steps of a process are slow; a median does not mind. */
  get secondsPerStep(): number {
    const sorted = this.#recent.map(({ seconds }) => seconds).sort((a, b) => a - b);
    return sorted[sorted.length >> 1]!;
  }

  /** The time of validation and checkpoints; before the first ones, it is taken to be a tenth of an epoch's steps. */
  secondsBetweenEpochs(stepsPerEpoch: number): number {
    return this.#between ?? this.secondsPerStep * stepsPerEpoch * 0.1;
  }

  /** Until the end of the run. `lastSteps` are the steps of the last epoch; default: `stepsPerEpoch`. */
  secondsLeft(at: {
    readonly epoch: number;
    readonly step: number;
    readonly stepsPerEpoch: number;
    readonly epochs: number;
    readonly lastSteps?: number;
  }): number {
    const { epoch, step, stepsPerEpoch, epochs, lastSteps = stepsPerEpoch } = at;
    const steps = (epochs - epoch - 1) * stepsPerEpoch + lastSteps - step;
    return steps * this.secondsPerStep + (epochs - epoch) * this.secondsBetweenEpochs(stepsPerEpoch);
  }

  #sum(key: "seconds" | "waited" | "images"): number {
    return this.#recent.reduce((sum, step) => sum + step[key], 0);
  }
}
