import { type Step, UNHURRIED } from "../messages.js";

/** What a runtime does now, for all classifiers of its thread. */
export class Steps {
  readonly #listeners = new Set<(step: Step) => void>();
  #step = UNHURRIED;

  /** Reports the steps of every classifier, as long as `work` takes: one that waits for its turn waits for others' steps. */
  async tell(listener: (step: Step) => void, work: () => Promise<void>): Promise<void> {
    this.#listeners.add(listener);
    listener(this.#step);
    try {
      await work();
    } finally {
      this.#listeners.delete(listener);
    }
  }

  begin(step: Step): void {
    this.#step = step;
    for (const listener of this.#listeners) listener(step);
  }
}
