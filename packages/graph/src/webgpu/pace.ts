// How much of a run a device is given at a time: those who watch over a GPU end what keeps it busy for seconds.

/** A part of a run, with its multiplications and additions. */
export interface Work {
  readonly operations: number;
}

/** What a submission should take. */
const MILLISECONDS = 250;
/** What a slow GPU does in that time: for the first run, before which nobody knows. */
const SLOW = 2e10;

/** The parts of a run in order, divided into as few submissions as the time allows that earlier runs took. */
export class Pace<Part extends Work> {
  readonly #parts: readonly Part[];
  #mostOperations = SLOW;

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  /** What is submitted together: at least one part, however much that is. */
  get submissions(): readonly (readonly Part[])[] {
    const submissions: Part[][] = [[]];
    let operations = 0;
    for (const part of this.#parts) {
      operations += part.operations;
      if (operations > this.#mostOperations && submissions.at(-1)!.length > 0) {
        submissions.push([]);
        operations = part.operations;
      }
      submissions.at(-1)!.push(part);
    }
    return submissions;
  }

  /** Takes note of how long a run took. */
  took(milliseconds: number): void {
    const operations = this.#parts.reduce((sum, part) => sum + part.operations, 0);
    this.#mostOperations = (operations / milliseconds) * MILLISECONDS;
  }
}
