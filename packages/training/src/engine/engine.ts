// The contract between the training loop and whatever computes a step.

import type { NamedTensor } from "../state.js";

/** Photos as tensors. */
export interface ImageBatch {
  readonly size: number;
  /** [size, channels, height, width]. */
  readonly images: Float32Array<ArrayBuffer>;
  /** The images' place in the batch that ranks share. Absent: they are all of it. */
  readonly place?: { readonly begin: number; readonly end: number; readonly of: number };
}

/** What one step learns from. */
export interface Batch extends ImageBatch {
  /** Class probabilities, [size, classes]. */
  readonly targets: Float32Array<ArrayBuffer>;
  /** Weight of each photo in the loss, [size]. */
  readonly sampleWeights: Float32Array<ArrayBuffer>;
  /** What the weighted sum of the losses is divided by. */
  readonly normalizer: number;
  /** Dropout masks, by the name that the training graph gives them. */
  readonly dropoutMasks: { readonly [input: string]: Float32Array<ArrayBuffer> };
}

/** What may change from step to step. */
export interface Hyperparameters {
  readonly learningRate: number;
}

export interface StepMetrics {
  /** Σ sampleWeight × cross-entropy ÷ normalizer, in training mode, before the update. */
  readonly loss: number;
  /** Weighted number of photos whose largest logit is their largest target. */
  readonly correctCount: number;
}

export interface Logits {
  /** [size, classes]. */
  readonly data: Float32Array;
  readonly classes: number;
}

export interface TrainingEngine extends AsyncDisposable {
  /** One step of training. May be called again before it resolves; steps happen in the order of the calls. */
  step(batch: Batch, hyperparameters: Hyperparameters): Promise<StepMetrics>;
  /** Logits with the moving statistics and without dropout, in float32 whatever the plan's precision; any batch size. */
  predict(batch: ImageBatch): Promise<Logits>;
  /**
   * The state, or the named part of it, one tensor at a time; each is valid until the next one is asked for, or longer where it
   * `lasts`. May be read while `predict` is under way.
   */
  read(names?: readonly string[]): AsyncIterable<NamedTensor>;
  /**
   * Replaces tensors of the state. Throws "checkpoint-mismatch" for a name or a shape that the plan has not.
   * `keep`: the arrays are the engine's from then on, so that one that learns nothing need not copy them. Default false.
   */
  write(tensors: AsyncIterable<NamedTensor>, options?: { readonly keep?: boolean }): Promise<void>;
  /** What the run records about how it was computed: versions, threads, compute precision. */
  readonly description: EngineDescription;
}

export interface EngineDescription {
  readonly engine: string;
  readonly precision: string;
  readonly threads: number;
  readonly versions: { readonly [library: string]: string };
  /** Whether it was asked to repeat bit for bit; absent where it was not. */
  readonly deterministic?: boolean | undefined;
  /** The processes that shared each batch; absent where it was one. */
  readonly ranks?: number | undefined;
}

export interface EngineOptions {
  /** Threads that compute, at most, and by default, one for each core that the process may use. */
  readonly threads?: number;
  /**
   * Whether a run is to repeat bit for bit on the same machine, with the same versions and threads. Default: false.
   * `onnx-cpu` does in any case.
   */
  readonly deterministic?: boolean;
  /**
   * Adds the gradients of all who share a batch to those of this engine, in place, before a step clips and applies them. Heeded
   * by engines whose module says so. Default: the batch is the engine's alone.
   */
  readonly reduceGradients?: (gradients: Float32Array<ArrayBuffer>) => void | Promise<void>;
  readonly signal?: AbortSignal;
}
