import type { Parameter } from "@fleuron/model";
import type { Graph } from "./types.js";

/**
 * The contract of a network: all that training, engines, checkpoints, exports and reports need of one, whatever
 * describes it.
 */
export interface TrainableNetwork {
  readonly name: string;
  /** One photo. */
  readonly input: { readonly channels: number; readonly height: number; readonly width: number };
  /** How many classes it distinguishes: the length of its logits. */
  readonly classes: number;
  /** Trainable ones and statistics, in the order that a run's state and its random numbers follow. */
  readonly parameters: readonly Parameter[];
  /** See {@link inferenceGraph}. */
  inferenceGraph(): Graph;
  /** See {@link classifierGraph}. */
  classifierGraph(options?: { readonly temperature?: number }): Graph;
  /** See {@link trainingGraph}. */
  trainingGraph(options?: { readonly trainable?: readonly string[] | undefined }): Graph;
}
