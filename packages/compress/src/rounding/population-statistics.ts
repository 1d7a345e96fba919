/** Adds up the statistics that batches have at one layer, to those of all their photos together. */
export class PopulationStatistics {
  readonly #means: Float64Array;
  readonly #squares: Float64Array;
  #batches = 0;

  constructor(channels: number) {
    this.#means = new Float64Array(channels);
    this.#squares = new Float64Array(channels);
  }

  /** @param variance around the batch's own mean, of batches of one size. */
  add(mean: Float32Array, variance: Float32Array): void {
    this.#batches += 1;
    for (const [channel, value] of mean.entries()) {
      this.#means[channel]! += value;
      this.#squares[channel]! += variance[channel]! + value ** 2;
    }
  }

  get mean(): Float32Array {
    return Float32Array.from(this.#means, (sum) => sum / this.#batches);
  }

  get variance(): Float32Array {
    return Float32Array.from(this.#squares, (sum, channel) =>
      Math.max(0, sum / this.#batches - (this.#means[channel]! / this.#batches) ** 2),
    );
  }
}
