import type { Step } from "../messages.js";

/** A workplace has done nothing for longer than it may. */
export class Standstill extends Error {
  readonly step: Step;

  constructor(step: Step) {
    super();
    this.step = step;
  }
}
