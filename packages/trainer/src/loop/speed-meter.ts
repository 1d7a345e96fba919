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

  /** Until the end of the run; before the first epoch's end its validation is taken as a tenth of its steps. */
  secondsLeft(at: {
    readonly epoch: number;
    readonly step: number;
    readonly stepsPerEpoch: number;
    readonly epochs: number;
  }): number {
    const perStep = this.#median();
    const between = this.#between ?? perStep * at.stepsPerEpoch * 0.1;
    const steps = at.stepsPerEpoch - at.step + (at.epochs - at.epoch - 1) * at.stepsPerEpoch;
    return steps * perStep + (at.epochs - at.epoch) * between;
  }

  /** The first steps of a process are slow; a median does not mind. */
  #median(): number {
    const sorted = this.#recent.map(({ seconds }) => seconds).sort((a, b) => a - b);
    return sorted[sorted.length >> 1];
  }

  #sum(key: "seconds" | "waited" | "images"): number {
    return this.#recent.reduce((sum, step) => sum + step[key], 0);
  }
}
