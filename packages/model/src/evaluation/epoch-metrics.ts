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
