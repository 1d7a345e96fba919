import type { ProgressEvent } from "@fleuron/model";

/** The least share of a file's bytes that tells a pace: the first few are a header. */
const LEAST_SHARE = 0.01;

/** Estimates how long a task still takes from how far it came since it was first seen. */
export class TaskClock {
  #task: string | undefined;
  #startedAt = 0;
  #alreadyDone = 0;
  #lastDone = 0;

  constructor(private readonly now: () => number) {}

  /** Seconds since the task was first seen, and seconds until it ends; NaN until that is known. */
  measure({ task, completed, total, unit }: ProgressEvent): {
    readonly elapsed: number;
    readonly left: number;
  } {
    // A task that begins again, as the validation of each epoch does, is another one.
    if (task !== this.#task || completed < this.#lastDone) {
      this.#task = task;
      this.#startedAt = this.now();
      this.#alreadyDone = completed;
    }
    this.#lastDone = completed;
    const elapsed = (this.now() - this.#startedAt) / 1000;
    const done = completed - this.#alreadyDone;
    const least = unit === "bytes" ? total * LEAST_SHARE : 0;
    return { elapsed, left: done > least ? (elapsed / done) * (total - completed) : Number.NaN };
  }
}
