// The options of `trainClassifier`, as Node's `train` has them.
import {
  checkpointInterval,
  listOf,
  type OptionRecord,
  type OptionsOf,
  oneOf,
  path,
  positiveInteger,
  positiveNumber,
  seed,
  share,
} from "@fleuron/model/options";
import { recipeNames } from "@fleuron/training/recipes";

export const engineNames = ["webgpu", "wasm"] as const;
export type WebEngineName = (typeof engineNames)[number];

export const trainingOptions = {
  /** The run's name, under which it is saved and resumed. */
  run: { takes: path, default: "training" },
  recipe: { takes: oneOf(recipeNames, "Recipes", "recipe-unknown"), default: "quick" },
  /** Scales the network's channels and units. */
  width: { takes: positiveNumber, default: 0.25 },
  /** Height and width of the network's input, in pixels. */
  imageSize: { takes: positiveInteger, default: 99 },
  /** What may compute, in order of preference. Default: WebGPU where there is a real GPU, else WASM. */
  engines: { takes: listOf(engineNames, "Engines") },
  /** Default: the recipe's, as the three below. */
  epochs: { takes: positiveInteger },
  batchSize: { takes: positiveInteger },
  learningRate: { takes: positiveNumber },
  /** The share of the photos to validate with. */
  validationSplit: { takes: share, default: 0.2 },
  seed: { takes: seed, default: 0 },
  splitSeed: { takes: seed, default: 0 },
  checkpointEvery: { takes: checkpointInterval, default: { unit: "minutes", minutes: 1 } },
} as const satisfies OptionRecord;

export type TrainingOptions = OptionsOf<typeof trainingOptions>;
