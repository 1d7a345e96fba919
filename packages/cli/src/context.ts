import type { ChromiumLook } from "@fleuron/chromium";
import type * as compressor from "@fleuron/compress";
import type * as exporter from "@fleuron/export/node";
import type * as photos from "@fleuron/photos/paths";
import type * as runtime from "@fleuron/runtime-node";
import type * as trainer from "@fleuron/trainer";
import type { Output } from "./terminal/output.js";

/** Signals that ask a command to stop; `process` is one. */
export interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * Ctrl-C, a request to end, a terminal that was closed, and Windows's Ctrl-Break. Elsewhere nobody sends the last; on
 * Windows nobody sends SIGTERM, and a closed console is SIGHUP, some seconds before the process is ended.
 */
export const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

/** What the command line needs of `@fleuron/compress`. */
export type Compressor = Pick<typeof compressor, "compress">;

/** What the command line needs of `@fleuron/export/node`. */
export type Exporter = Pick<
  typeof exporter,
  | "importBundle"
  | "measureBundle"
  | "summariseFile"
  | "verifyBundle"
  | "verifySource"
  | "weightsHash"
  | "writeBundle"
  | "writeTrainingStep"
  | "writeTransformers"
>;

/** What the command line needs of `@fleuron/photos/paths`. */
export type Photos = Pick<typeof photos, "cacheFolder" | "listPhotos">;

/** What the command line needs of `@fleuron/runtime-node`. */
export type Runtime = Pick<typeof runtime, "classifyFiles" | "loadClassifier" | "openBundle" | "prepare">;

/** What the command line needs of `@fleuron/trainer`. */
export type Trainer = Pick<
  typeof trainer,
  | "checkDataset"
  | "compare"
  | "diagnose"
  | "evaluate"
  | "evaluationOf"
  | "fetchFlowers"
  | "gpuEngineOffer"
  | "installEngine"
  | "labelledPhotos"
  | "latestRun"
  | "launchOf"
  | "makeDrawn"
  | "predict"
  | "predictToFile"
  | "removeEngine"
  | "report"
  | "resume"
  | "runNamed"
  | "summariseRun"
  | "train"
  | "trainedRun"
  | "writeCheckPage"
>;

/** What the command line needs of `@fleuron/trainer/trained`. */
export type TrainedRuns = Pick<Trainer, "latestRun" | "predict" | "runNamed" | "trainedRun">;

/** What a command gets from its surroundings; tests hand in their own. */
export interface Context {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly signals: SignalSource;
  /** Each is called by the commands that need it, so that the others start quickly. */
  readonly loadTrainer: () => Promise<Trainer>;
  readonly loadTrainedRuns: () => Promise<TrainedRuns>;
  readonly loadCompressor: () => Promise<Compressor>;
  readonly loadExporter: () => Promise<Exporter>;
  readonly loadRuntime: () => Promise<Runtime>;
  readonly loadPhotos: () => Promise<Photos>;
  /** Which Chromium there is for `verify --browser` and the tests. */
  readonly lookForChromium: (signal: AbortSignal) => Promise<ChromiumLook>;
  /** Asks the reader for yes or no; absent where nobody could answer. */
  readonly ask?: (question: string) => Promise<boolean>;
  /** Milliseconds. */
  readonly now: () => number;
}
