// The options of the functions that read a run.
import {
  type OptionRecord,
  type OptionsOf,
  oneOf,
  path,
  paths,
  positiveInteger,
  signal,
  threads,
} from "@fleuron/model/options";
import { predictionsOptions } from "@fleuron/predictions/options";
import { loadClassifierOptions } from "@fleuron/runtime-node/options";
import { testTimeAugmentations } from "@fleuron/training/recipes";

const run = { takes: path, required: true } as const;

/** Default: one per core. */
export const computeThreads = {
  takes: threads,
  value: "n",
  help: "compute threads; at most, and by default, one per core",
} as const;

const computing = {
  threads: computeThreads,
  signal: { takes: signal },
} as const;

const checkpoint = {
  takes: oneOf(["best", "last"], "Checkpoints"),
  default: "best",
  value: "which",
  help: "best (the end of a schedule that anneals, else the lowest smoothed validation loss) or last",
} as const;

export const trainedRunOptions = { run, checkpoint } as const satisfies OptionRecord;
export type TrainedRunOptions = OptionsOf<typeof trainedRunOptions>;

export const evaluateOptions = {
  run,
  /** A folder per class. One that has the run's validation photos is where they are now. */
  data: {
    takes: path,
    value: "dir",
    help: "photos, a folder per class, or where the run's photos are now",
    defaultHelp: "the run's validation photos",
  },
  /** The part of the run's own photos, or of `data`. Default: the validation photos, else those for test, else all. */
  part: {
    takes: oneOf(["val", "test"], "Parts"),
    value: "part",
    help: "val or test: the photos of that part alone",
    defaultHelp: "val, where there is one",
  },
  checkpoint,
  /** The views of each photo whose probabilities are averaged. Default: the recipe's. */
  tta: {
    takes: oneOf(testTimeAugmentations, "Views"),
    value: "views",
    help: "views of a photo that are averaged: none, flip or ten-crop",
    defaultHelp: "the recipe's",
  },
  ...computing,
} as const satisfies OptionRecord;
export type EvaluateOptions = OptionsOf<typeof evaluateOptions>;

export const predictOptions = {
  run,
  /** Files, and folders that stand for the photos below them. */
  photos: { takes: paths, required: true },
  checkpoint,
  topK: { takes: positiveInteger, default: 3, value: "n", help: "how many labels to show" },
  ...computing,
} as const satisfies OptionRecord;
export type PredictOptions = OptionsOf<typeof predictOptions>;

const { run: _run, photos: _photos, ...predicted } = predictOptions;

export const predictToFileOptions = {
  ...predicted,
  ...loadClassifierOptions,
  ...predictionsOptions,
  /** A run's folder; this or a `bundle`. */
  run: { takes: path },
  /** A bundle that `writeBundle` wrote. */
  bundle: { takes: path },
  /** Files, and folders that stand for the photos below them; these or a `list`. */
  photos: { takes: paths },
} as const satisfies OptionRecord;
export type PredictToFileOptions = OptionsOf<typeof predictToFileOptions>;

export const reportOptions = {
  run,
  /** Where the run's photos are now. Default: where they were. */
  data: {
    takes: path,
    value: "dir",
    help: "where the run's photos are now",
    defaultHelp: "where they were",
  },
  ...computing,
} as const satisfies OptionRecord;
export type ReportOptions = OptionsOf<typeof reportOptions>;
