const WINDOW = 1000;

/** Frames in the last second, from the times at which they were done (milliseconds, rising). */
export class FrameRate {
  readonly #times: number[] = [];

  /** Counts a frame and gives frames per second; undefined until there were two. */
  add(time: number): number | undefined {
    this.#times.push(time);
    while (this.#times.length > 2 && this.#times[0]! < time - WINDOW) this.#times.shift();
    const span = time - this.#times[0]!;
    return span > 0 ? ((this.#times.length - 1) * 1000) / span : undefined;
  }
}
