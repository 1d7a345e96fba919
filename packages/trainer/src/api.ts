// The contract between the trainer in Node and the command line: options in, events out.
import type {
  BestEpoch,
  Evaluation,
  Network,
  NetworkName,
  PreprocessingSpecification,
  TrainingProvenance,
} from "@fleuron/model";
import type {
  CheckDatasetOptions,
  DatasetName,
  DatasetReport,
  FetchFlowersOptions,
  MakeDrawnOptions,
} from "@fleuron/photos";
import type { Comparison } from "@fleuron/report";
import type { Prediction, UnreadablePhoto } from "@fleuron/runtime-node";
import type { InstallEngineOptions, InstalledEngine } from "@fleuron/tensorflow";
import type {
  EngineDescription,
  GpuEngineOffer,
  LoopEvent,
  RecipeName,
  TestTimeAugmentation,
} from "@fleuron/training";
import type { DiagnoseOptions, Diagnosis } from "./doctor/diagnose.js";
import type { MixedPrecision } from "./engines/choose-engine.js";

/** What `train` may be told; what is absent comes from the recipe. */
export interface TrainOptions {
  /**
   * A folder per class, or `train/` and `val/` folders of classes; "flowers" (fetched) or "procedural" (drawn).
   * Default: the flowers, and drawn ones if those cannot be fetched; a warning says so, the recipe is then
   * "quick" unless one is given, and the time budget 7 minutes unless one, or epochs, are given.
   */
  readonly data?: string;
  /** Default: "modern". */
  readonly recipe?: RecipeName;
  readonly network?: NetworkName;
  readonly width?: number;
  readonly imageSize?: number;
  /** "auto" takes the fastest that works here. */
  readonly engine?: string;
  /** Default "auto": bfloat16 where the engine and the processor compute in it and the recipe allows it. */
  readonly mixedPrecision?: MixedPrecision;
  readonly threads?: number;
  /**
   * Whether another run of this machine with the same seed, versions and threads is to give the same weights bit for
   * bit; slower on a GPU. Default: false; `onnx-cpu` repeats in any case.
   */
  readonly deterministic?: boolean;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly learningRate?: number;
  /** Share of each class that is held out. Default 0.2. */
  readonly validationSplit?: number;
  /** Of initial weights, order, augmentation and masks. Default 0. */
  readonly seed?: number;
  /** Of the split alone. Default 0. */
  readonly splitSeed?: number;
  readonly maxImages?: number;
  /** Epochs without a new low of the smoothed validation loss after which the run ends. Default: it does not. */
  readonly patience?: number;
  /**
   * Seconds in which the whole run is to end, photos, validations, checkpoints and report included: the schedule
   * is fitted to the measured speed. Default: as long as the epochs take.
   */
  readonly timeBudget?: number;
  /** A safetensors file, or a run's folder: weights of equal name and shape replace the drawn ones. */
  readonly initFrom?: string;
  /** The run's folder. Default: `<runsFolder>/<recipe>-<date>-<time>`. */
  readonly out?: string;
  /** Where a run without `out` goes; its file `latest` names the run in it that was started last. Default: `runs`. */
  readonly runsFolder?: string;
  readonly checkpointEvery?: CheckpointInterval;
}

/** A checkpoint is written after each epoch in any case. Default: 5 minutes. */
export type CheckpointInterval =
  | { readonly unit: "steps"; readonly steps: number }
  | { readonly unit: "minutes"; readonly minutes: number };

/** Told once, when the data is ready and before the first step. */
export interface RunStartEvent {
  readonly type: "run";
  readonly folder: string;
  readonly resumed: boolean;
  readonly recipe: string;
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

/** Told once, after the first few steps: how long the run will take. */
export interface EstimateEvent {
  readonly type: "estimate";
  readonly seconds: number;
  readonly imagesPerSecond: number;
}

/** The last event of a run that ended by itself or was stopped by `signal`. */
export interface RunEndEvent {
  readonly type: "end";
  /** "stopped early": nothing got better for `patience` epochs. */
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
export interface TrainedRun {
  /** Absolute. */
  readonly folder: string;
  readonly network: Network;
  /** In the order of the logits. */
  readonly labels: readonly string[];
  readonly preprocessing: PreprocessingSpecification;
  /** Every parameter by its name, in its canonical layout. */
  readonly weights: ReadonlyMap<string, Float32Array>;
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

export interface TrainerNodeApi {
  /** Starts a run, or throws a FleuronError. Aborting `signal` ends the step, saves, and ends the events. */
  train(options: TrainOptions & { readonly signal?: AbortSignal }): AsyncGenerator<RunEvent, void>;
  /** Goes on with a run where its last checkpoint stands; `epochs` may lengthen it, and lifts a time budget. */
  resume(options: {
    readonly run: string;
    /** Where the run's photos are now. Default: where they were. */
    readonly data?: string;
    /** Default: the run's own. */
    readonly engine?: string;
    readonly epochs?: number;
    readonly patience?: number;
    readonly threads?: number;
    readonly checkpointEvery?: CheckpointInterval;
    readonly signal?: AbortSignal;
  }): AsyncGenerator<RunEvent, void>;
  /**
   * Evaluates a run on its validation photos, or on the photos of `data` (a folder per class), each seen as its
   * recipe tests or as `tta` says. A folder that has the run's validation photos is where they are now; of one that is
   * divided, `val/` is taken, or `test/`.
   */
  evaluate(options: {
    readonly run: string;
    readonly data?: string;
    readonly checkpoint?: "best" | "last";
    readonly tta?: TestTimeAugmentation;
    readonly threads?: number;
    readonly signal?: AbortSignal;
  }): AsyncGenerator<LoopEvent, EvaluationOfRun>;
  /** Writes the `report.html` of a run again, from its best weights and its validation photos. */
  report(options: {
    readonly run: string;
    /** Where the run's photos are now. Default: where they were. */
    readonly data?: string;
    readonly threads?: number;
    readonly signal?: AbortSignal;
  }): AsyncGenerator<LoopEvent, { readonly file: string }>;
  /** Names photos; a folder stands for the photos in it. Yields progress; returns results in order. */
  predict(options: {
    readonly run: string;
    readonly photos: readonly string[];
    readonly checkpoint?: "best" | "last";
    readonly topK?: number;
    readonly threads?: number;
    readonly signal?: AbortSignal;
  }): AsyncGenerator<
    LoopEvent,
    { readonly predictions: readonly Prediction[]; readonly unreadable: readonly UnreadablePhoto[] }
  >;
  /** Reads what a run has trained into memory: all weights of one checkpoint. */
  trainedRun(options: { readonly run: string; readonly checkpoint?: "best" | "last" }): Promise<TrainedRun>;
  /**
   * Photos to test a network on: those of `data`, as `evaluate` takes them, else those that the run held out, as far as
   * they are still there; without any, 50 drawn pictures, and a warning says so.
   */
  labelledPhotos(options: {
    readonly run?: string | undefined;
    readonly data?: string | undefined;
    readonly labels: readonly string[];
    readonly signal?: AbortSignal;
  }): AsyncGenerator<LoopEvent, LabelledPhotos>;
  /** Paths of photos, with each folder replaced by the photos below it. */
  listPhotos(paths: readonly string[]): Promise<readonly string[]>;
  /** What predictions on photos of known classes come to; `label` is an index into `labels`. */
  evaluationOf(
    photos: readonly { readonly label: number; readonly predictions: Prediction["predictions"] }[],
    labels: readonly string[],
  ): Evaluation;
  /** Fetches the photos of flowers into the cache, unless they are there, and returns their folder. */
  fetchFlowers(options: Pick<FetchFlowersOptions, "signal">): AsyncGenerator<LoopEvent, string>;
  /** Draws pictures of flowers into a new folder and returns its path. */
  makeDrawn(options: MakeDrawnOptions): AsyncGenerator<LoopEvent, string>;
  /** Looks for unreadable, repeated and tiny photos and for classes of unequal size. */
  checkDataset(options: CheckDatasetOptions): AsyncGenerator<LoopEvent, DatasetReport>;
  /** Writes what `checkDataset` found as a page of thumbnails, replaced if it is there. */
  writeCheckPage(report: DatasetReport, file: string): Promise<void>;
  /** Installs an engine and returns what was installed. */
  installEngine(options: InstallEngineOptions): AsyncGenerator<LoopEvent, InstalledEngine>;
  /** The engine that would let this machine's GPU compute and is not installed; undefined where there is none. */
  gpuEngineOffer(): Promise<GpuEngineOffer | undefined>;
  /** Looks at the machine and at each engine, and tries those that work; it changes nothing. */
  diagnose(options: DiagnoseOptions): AsyncGenerator<LoopEvent, Diagnosis>;
  /** Deletes an installed engine and returns the folder that it had. */
  removeEngine(options: { readonly name: string; readonly folder?: string }): Promise<string>;
  /** Compares runs and writes a page with their curves to `out`, replaced if it is there. */
  compare(options: {
    readonly runs: readonly string[];
    readonly out: string;
  }): Promise<Comparison & { readonly file: string }>;
  /** The folder that `runs/latest` names, below `root` (default `runs`). */
  latestRun(root: string): Promise<string>;
}
