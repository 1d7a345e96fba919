import type { KernelTimes } from "./kernel-times.js";
import type { Step } from "./step.js";

export interface Contender {
  readonly name: string;
  /** Loads its library and builds the network. */
  open(step: Step): Promise<OpenContender>;
}

export interface OpenContender {
  /** Takes a step, and says its loss. */
  step(): Promise<number>;
  /** What the kernels of a step take, where the device tells. */
  kernels?(): Promise<KernelTimes>;
}
