// What the training loop reports while it runs.
import type { BestEpoch, EpochMetrics, ProgressEvent, WarningEvent } from "@fleuron/model";

/** A step of training is done. Means run over the epoch so far. */
export interface StepEvent {
  readonly type: "step";
  /** From 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** From 1, within the epoch. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly learningRate: number;
  readonly imagesPerSecond: number;
  /** Share of the time that was spent waiting for photos. */
  readonly dataWait: number;
  /** Seconds until the run ends, measured by the steps so far; validation and checkpoints included. */
  readonly secondsLeft: number;
}

export interface EpochEvent extends EpochMetrics {
  readonly type: "epoch";
  readonly epochs: number;
  /** The best one so far, which may be this one. */
  readonly best: BestEpoch;
}

export interface CheckpointEvent {
  readonly type: "checkpoint";
  readonly kind: "last" | "best";
  readonly epoch: number;
  readonly step: number;
}

export type LoopEvent = ProgressEvent | WarningEvent | StepEvent | EpochEvent | CheckpointEvent;
