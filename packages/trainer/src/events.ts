// What the training loop tells whoever waits for it.
import type { ProgressEvent, WarningEvent } from "@fleuron/model";

export type { ProgressEvent, WarningEvent };

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

/** One line of `metrics.jsonl`. */
export interface EpochMetrics {
  /** From 1. */
  readonly epoch: number;
  /** Means over the epoch in training mode, weighted by sample. */
  readonly loss: number;
  readonly accuracy: number;
  /** Unsmoothed cross-entropy and accuracy on the validation photos. */
  readonly valLoss: number;
  readonly valAccuracy: number;
  /** At the epoch's last step. */
  readonly learningRate: number;
  readonly seconds: number;
  readonly imagesPerSecond: number;
  readonly dataWait: number;
}

export interface EpochEvent extends EpochMetrics {
  readonly type: "epoch";
  readonly epochs: number;
  /** Whether it is the best one so far by the recipe's measure. */
  readonly best: boolean;
}

export interface CheckpointEvent {
  readonly type: "checkpoint";
  readonly kind: "last" | "best";
  readonly epoch: number;
  readonly step: number;
}

export type LoopEvent = ProgressEvent | WarningEvent | StepEvent | EpochEvent | CheckpointEvent;
