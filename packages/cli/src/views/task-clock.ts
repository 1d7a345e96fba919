import type { ProgressEvent } from "@fleuron/model";

/** Estimates how long a task still takes from how far it came since it was first seen. */
export class TaskClock {
  #task: string | undefined;
  #startedAt = 0;
  #alreadyDone = 0;
  #lastDone = 0;

  constructor(private readonly now: () => number) {}

  /** Seconds since the task was first seen, and seconds until it ends; NaN until that is known. */
  measure({ task, completed, total }: ProgressEvent): { readonly elapsed: number; readonly left: number } {
    // A task that begins again, as the validation of each epoch does, is another one.
    if (task !== this.#task || completed < this.#lastDone) {
      this.#task = task;
      this.#startedAt = this.now();
      this.#alreadyDone = completed;
    }
    this.#lastDone = completed;
    const elapsed = (this.now() - this.#startedAt) / 1000;
    const done = completed - this.#alreadyDone;
    return { elapsed, left: done > 0 ? (elapsed / done) * (total - completed) : Number.NaN };
  }
}
