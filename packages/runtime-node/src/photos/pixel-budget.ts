/** The most pixels that are held at the same time; a photo that has more is held alone. */
const LIMIT = 100e6;

/** Bounds the memory of decoded photos, over all threads that share it. */
export class PixelBudget {
  readonly #held: Int32Array;

  /** @param shared what other threads of the process are given to share this budget. */
  constructor(readonly shared: SharedArrayBuffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.#held = new Int32Array(shared);
  }

  /** Does work that holds so many pixels, as soon as there is room for them. */
  async hold<Result>(pixels: number, work: () => Promise<Result>): Promise<Result> {
    await this.#take(pixels);
    try {
      return await work();
    } finally {
      Atomics.sub(this.#held, 0, pixels);
      Atomics.notify(this.#held, 0);
    }
  }

  async #take(pixels: number): Promise<void> {
    for (;;) {
      const held = Atomics.load(this.#held, 0);
      if (held > 0 && held + pixels > LIMIT) await Atomics.waitAsync(this.#held, 0, held).value;
      else if (Atomics.compareExchange(this.#held, 0, held, held + pixels) === held) return;
    }
  }
}
