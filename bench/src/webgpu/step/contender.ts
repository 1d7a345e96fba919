import type { SmallStep } from "./small-step.js";

export interface Contender {
  readonly name: string;
  /** Loads its library and builds the network; what it resolves to takes a step and says its loss. */
  open(step: SmallStep): Promise<() => Promise<number>>;
}
