/** Work that happens one at a time, in the order of the calls; one that fails does not stop those after it. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  add<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves once all that was added before is done; never rejects. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
