// What the trainer reports: the events of a run, and what its functions return.
import type { NetworkDescription } from "@fleuron/graph";
import type {
  BestEpoch,
  Calibration,
  Evaluation,
  KernelBits,
  LargestClass,
  PreprocessingSpecification,
  TrainingProvenance,
} from "@fleuron/model";
import type { DatasetName } from "@fleuron/photos";
import type { Prediction, UnreadablePhoto } from "@fleuron/runtime-node";
import type { EngineDescription, LoopEvent, TestTimeAugmentation } from "@fleuron/training";

/** Comes once, when the data is ready and before the first step. */
export interface RunStartEvent {
  readonly type: "run";
  readonly folder: string;
  readonly resumed: boolean;
  readonly recipe: string;
  readonly recipeSummary: string;
  /** Why this recipe, where the time budget has chosen it. */
  readonly recipeReason?: string;
  readonly network: string;
  readonly parameters: number;
  readonly labels: readonly string[];
  readonly dataset: {
    /** "procedural": the pictures are drawn, and the result says nothing about photos. */
    readonly name: DatasetName;
    /** Accuracy on the same validation pictures of a linear model on pixels; for drawn ones only. */
    readonly linearAccuracy?: number;
    /** How many of the validation photos the weights that the run began with have learnt from, where that is known. */
    readonly learntBefore?: number;
  };
  readonly trainCount: number;
  readonly valCount: number;
  /** Photos of `test/`, which the run never sees. */
  readonly testCount: number;
  /** The one with the most validation photos. */
  readonly largestClass: LargestClass;
  readonly epochs: number;
  /** No more than there are photos to learn from. */
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  readonly engine: EngineDescription;
  /** In seconds; `epochs` are the most that the run may take then. */
  readonly timeBudget?: number;
  /** Why this engine, and what would be faster here. */
  readonly engineReason: string;
}

/** Comes once, after the first few steps: how long the run will take. */
export interface EstimateEvent {
  readonly type: "estimate";
  readonly seconds: number;
  readonly imagesPerSecond: number;
}

/** The last event of a run that ended by itself or was stopped by `signal`. */
export interface RunEndEvent {
  readonly type: "end";
  /** "stopped early": no improvement for `patience` epochs. */
  readonly reason: "completed" | "stopped early" | "stopped";
  /** Present where a complete run was resumed, and there was nothing left to train: the least that would go on. */
  readonly goesOnWith?: { readonly epochs: number } | { readonly patience: number };
  readonly folder: string;
  /** Whether it is the latest run of the folder that it lies in. */
  readonly latest: boolean;
  /** Completed epochs. */
  readonly epoch: number;
  readonly epochs: number;
  readonly seconds: number;
  /** The epoch whose weights every command takes; null before the first is complete. */
  readonly best: BestEpoch | null;
  readonly final: { readonly valLoss: number; readonly valAccuracy: number } | null;
  /** The page to look at; null before the first epoch is complete, and where it could not be written. */
  readonly report: string | null;
}

export type RunEvent = LoopEvent | RunStartEvent | EstimateEvent | RunEndEvent;

/** Which photos something was measured on. */
export interface PhotosMeasured {
  /**
   * "validation": those that the run held out, also where `data` is only the place that they have now; "data": others;
   * "drawn": pictures that a program drew, for want of photos.
   */
  readonly source: "validation" | "data" | "drawn";
  /** What was taken of a folder that is divided into `train/`, `val/` and `test/`; null: all of it. */
  readonly part: "val" | "test" | null;
  /** How many of them the weights have learnt from, by their contents; null where that is not known. */
  readonly learntFrom: number | null;
}

export interface EvaluationOfRun extends Evaluation, PhotosMeasured {
  /** The views of each photo whose probabilities were averaged. */
  readonly tta: TestTimeAugmentation;
}

export type { Prediction, UnreadablePhoto };

/** What a run has trained, and where it comes from. */
export interface TrainedRun extends Calibration {
  /** Absolute. */
  readonly folder: string;
  readonly network: NetworkDescription;
  /** In the order of the logits. */
  readonly labels: readonly string[];
  readonly preprocessing: PreprocessingSpecification;
  /** Every parameter by its name, in its canonical layout. */
  readonly weights: ReadonlyMap<string, Float32Array>;
  /** Their SHA-256 as a bundle has it, where it was computed while they were read. */
  readonly weightsHash: string | undefined;
  readonly kernelBits?: ReadonlyMap<string, KernelBits> | undefined;
  /** Parameters that stay float32, as they go with the kernels in these bits, where the weights are those that were measured. */
  readonly compactWeights?: ReadonlyMap<string, Float32Array> | undefined;
  /** The accuracy on the validation photos in these bits, where it was measured of these weights. */
  readonly compactValAccuracy?: number | undefined;
  readonly training: Omit<TrainingProvenance, "weights">;
}

export interface LabelledPhotos extends PhotosMeasured {
  readonly photos: readonly {
    /** Absolute. */
    readonly path: string;
    /** Index of its class; undefined where the labels do not have it. */
    readonly label: number | undefined;
  }[];
}
