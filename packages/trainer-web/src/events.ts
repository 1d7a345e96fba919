import type { BestEpoch } from "@fleuron/model";
import type { EngineDescription, LoopEvent } from "@fleuron/training";

/** The photos are read, and what is to be trained is known. */
export interface RunStartEvent {
  readonly type: "run";
  /** Its name among the saved runs. */
  readonly run: string;
  readonly resumed: boolean;
  /** Whether the run outlives the page: not where the browser has no storage for it. */
  readonly saved: boolean;
  readonly labels: readonly string[];
  readonly trainCount: number;
  readonly valCount: number;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly batchSize: number;
  readonly parameters: number;
  /** Bytes that a step takes at least: weights, gradients, momentum and photos. */
  readonly leastBytes: number;
  readonly engine: EngineDescription;
}

export interface RunEndEvent {
  readonly type: "end";
  readonly reason: "completed" | "stopped early" | "stopped";
  readonly epoch: number;
  readonly epochs: number;
  readonly best: BestEpoch | null;
}

/** The events of Node's `train`, as far as a page has them. */
export type TrainingEvent = LoopEvent | RunStartEvent | RunEndEvent;
