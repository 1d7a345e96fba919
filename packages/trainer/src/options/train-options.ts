// The options of `train`, in the order of its help. To add one: an entry here, or in `loopOptions` of `@fleuron/training`
// where the loop alone heeds it.
import { networkNames } from "@fleuron/model";
import {
  atLeast,
  checkpointInterval,
  flag,
  nameOrFile,
  type OptionRecord,
  type OptionsOf,
  oneOf,
  path,
  positiveInteger,
  positiveNumber,
  resumeOptionsOf,
  seconds,
  seed,
  signal,
  text,
} from "@fleuron/model/options";
import { splitOptions } from "@fleuron/photos/options";
import { loopOptions } from "@fleuron/training/options";
import { classWeightsKind, defaultRecipe, recipeNames, trainableKind } from "@fleuron/training/recipes";
import { engineNames } from "../engines/index.js";
import { mixedPrecisions } from "../engines/mixed-precision.js";
import { computeThreads } from "./run-options.js";

export const trainOptions = {
  /**
   * A folder per class, or `train/` and `val/` folders of classes; "flowers" (fetched) or "procedural" (drawn).
   * Default: the flowers, and drawn ones if those cannot be fetched; a warning says so, the recipe is then
   * "quick" unless one is given, and the time budget 7 minutes unless one, or epochs, are given.
   */
  data: {
    takes: path,
    value: "dir",
    help: "photos: a folder per class, or train/ and val/ with such folders; or flowers (fetched once), or procedural (drawn)",
    defaultHelp: "flowers; without a network, procedural for 7 minutes, recipe quick",
    onResume: { help: "where the run's photos are now" },
  },
  recipe: {
    takes: nameOrFile(recipeNames, "Recipes", ".json", "recipe-unknown"),
    value: "name",
    help: "training recipe; see below; or a JSON file of one's own: what it has otherwise than another",
    defaultHelp: `${defaultRecipe}; quick where few epochs fit into the time budget; of a network that is a file fine-tune, or head for few photos`,
  },
  network: {
    takes: nameOrFile(networkNames, "Networks", ".onnx"),
    default: "alexnet",
    value: "name",
    help: `the network: ${networkNames.join(", ")}; or an ONNX file, whose network goes on learning`,
  },
  /** The layer of a network file that is replaced by one for the photos' classes. Default: the one that is found. */
  head: {
    takes: text(/./, "the name of a layer"),
    value: "node",
    help: "of an ONNX file: the layer that names the classes, to be replaced",
    defaultHelp: "found",
  },
  trainable: {
    takes: trainableKind,
    value: "part",
    help: "of an ONNX file: what learns; all, head, or last:N layers with the head",
    defaultHelp: "the recipe's",
  },
  /** What levels become: "imagenet", "0..1", "-1..1" or "mean=…,std=…". Default: what is beside or in the file. */
  preprocessing: {
    takes: text(/./, "imagenet, 0..1, -1..1 or mean=…,std=…"),
    value: "words",
    help: "of an ONNX file: what levels become; imagenet, 0..1, -1..1 or mean=…,std=…",
    defaultHelp: "what is beside or in the file",
  },
  channels: {
    takes: text(/./, "rgb or bgr"),
    value: "order",
    help: "of an ONNX file: rgb or bgr",
  },
  resize: {
    takes: text(/./, "pixels of the shorter side, or squash"),
    value: "how",
    help: "of an ONNX file: pixels of the shorter side, or squash",
  },
  /** Scales channels and units. Default: 1; 0.5 where only a time is given, and it holds too few epochs of the whole network. */
  width: {
    takes: positiveNumber,
    default: 1,
    value: "factor",
    help: "scales the network's channels and units",
    defaultHelp: "1; 0.5 where a time budget holds few epochs",
  },
  imageSize: {
    takes: positiveInteger,
    default: 227,
    value: "pixels",
    help: "height and width of the input",
    defaultHelp: "227; an ONNX file's own",
  },
  /** "auto" takes the fastest that works here. */
  engine: {
    takes: oneOf(["auto", ...engineNames], "Engines", "engine-unknown"),
    default: "auto",
    value: "name",
    help: `what computes: ${["auto", ...engineNames].join(", ")}`,
    onResume: { default: "the run's own" },
  },
  /** "auto": bfloat16 where the engine and the processor compute in it and the recipe allows it. */
  mixedPrecision: {
    takes: oneOf(mixedPrecisions, "Kinds"),
    default: "auto",
    value: "kind",
    help: "auto, none or bfloat16; auto: bfloat16 where engine and processor compute in it",
  },
  threads: { ...computeThreads, onResume: {} },
  /**
   * Whether another run of this machine with the same seed, versions and threads is to give the same weights bit for
   * bit; slower on a GPU. `onnx-cpu` repeats in any case.
   */
  deterministic: {
    takes: flag,
    default: false,
    help: "make runs repeat bit for bit on this machine (those of onnx-cpu and webgpu always do)",
  },
  epochs: {
    takes: positiveInteger,
    value: "n",
    help: "passes over the training photos",
    defaultHelp: "the recipe's",
    onResume: {},
  },
  batchSize: {
    takes: positiveInteger,
    value: "n",
    help: "photos per step",
    defaultHelp: "the recipe's",
  },
  learningRate: {
    takes: positiveNumber,
    value: "rate",
    help: "at its highest",
    defaultHelp: "the recipe's",
  },
  validationSplit: splitOptions.validationSplit,
  seed: {
    takes: seed,
    default: 0,
    value: "n",
    help: "random seed of weights, order and augmentation",
  },
  splitSeed: splitOptions.splitSeed,
  /** The photos that validate stay those of `splitSeed`. */
  perClass: {
    takes: atLeast(2),
    value: "n",
    help: "train on at most this many photos of each class, drawn by the seed",
  },
  /** "balanced": each class has the same share of the loss, however many training photos it has. */
  classWeights: {
    takes: classWeightsKind,
    default: "none",
    value: "kind",
    help: "balanced or none; balanced: rare classes count as much as common ones in the loss",
  },
  maxImages: {
    takes: positiveInteger,
    value: "n",
    help: "use at most this many photos",
  },
  /**
   * Seconds in which the whole run is to end, photos, validations, checkpoints and report included: the schedule
   * is fitted to the measured speed, and so are the recipe and the width unless a recipe is given. Default: as long as
   * the epochs take.
   */
  timeBudget: {
    takes: seconds,
    value: "time",
    help: "finish within this time (90s, 10m, 1h): the schedule is fitted to the measured speed",
  },
  ...loopOptions,
  /** A safetensors file, or a run's folder: weights of equal name and shape replace the drawn ones. */
  initFrom: {
    takes: path,
    value: "file",
    help: "start from the weights of a safetensors file or a run's folder",
  },
  /** The run's folder. Default: `<runsFolder>/<recipe>-<date>-<time>`. */
  out: {
    takes: path,
    value: "dir",
    help: "the run's folder",
    defaultHelp: "runs/ and the recipe, date and time",
  },
  checkpointEvery: {
    takes: checkpointInterval,
    default: { unit: "minutes", minutes: 5 },
    value: "interval",
    help: "steps (200) or time (30s, 5m, 1h)",
    defaultHelp: "5m",
    onResume: {},
  },
  /** Leaves out `report.html`, which takes a second or two at the end: a sweep of small runs has no use for it. */
  skipReport: {
    takes: flag,
    default: false,
    help: "write no report.html at the end (report writes one later)",
    onResume: {},
  },
  /** Where a run without `out` goes; its file `latest` names the run in it that was started last. */
  runsFolder: { takes: path, default: "runs" },
  /** Ends the step that is under way, saves, and ends the events. */
  signal: { takes: signal, onResume: {} },
} as const satisfies OptionRecord;

/** What `train` takes; what is absent comes from the recipe. */
export type TrainOptions = OptionsOf<typeof trainOptions>;

/** The options of `resume`: all else stays as the run was begun. */
export const resumeOptions = {
  run: { takes: path, required: true },
  ...resumeOptionsOf(trainOptions),
} as const satisfies OptionRecord;

export type ResumeOptions = OptionsOf<typeof resumeOptions>;
