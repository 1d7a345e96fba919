import type { Batch, ImageBatch } from "../engine/engine.js";

/** Where the loop gets its batches. */
export interface TrainingData {
  readonly stepsPerEpoch: number;
  readonly valCount: number;
  /** Training batches of an epoch from a step on, both counted from 0. */
  training(epoch: number, firstStep: number): AsyncIterable<Batch>;
  /** The validation photos, in order, with the class of each. */
  validation(): AsyncIterable<LabelledBatch>;
}

export interface LabelledBatch extends ImageBatch {
  /** Images of each photo, which follow each other; default 1. */
  readonly views?: number;
  /** The label of each photo, also of those that stand in other ranks' places. */
  readonly labels: ArrayLike<number>;
}
