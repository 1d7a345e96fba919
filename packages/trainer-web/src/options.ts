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
  text,
} from "@fleuron/model/options";
import { classWeightsKind, recipeNames, trainableKind } from "@fleuron/training/recipes";

export const engineNames = ["webgpu", "wasm"] as const;
export type WebEngineName = (typeof engineNames)[number];

export const trainingOptions = {
  /** The run's name, under which it is saved and resumed. */
  run: { takes: path, default: "training" },
  /** Default: "quick"; of a given network "head" for few photos, or "fine-tune". */
  recipe: { takes: oneOf(recipeNames, "Recipes", "recipe-unknown") },
  /** Scales the network's channels and units. Default: 0.25. */
  width: { takes: positiveNumber },
  /** Height and width of the network's input, in pixels. Default: 99; a given network's own. */
  imageSize: { takes: positiveInteger },
  /** The layer of a given network that names the classes, to be replaced. Default: the one that is found. */
  head: { takes: text(/./, "the name of a layer") },
  /** What of a given network learns: "all", "head", or "last:N" layers with the head. Default: the recipe's. */
  trainable: { takes: trainableKind },
  /** What levels become for a given network: "imagenet", "0..1", "-1..1" or "mean=…,std=…". Default: what is in the file. */
  preprocessing: { takes: text(/./, "imagenet, 0..1, -1..1 or mean=…,std=…") },
  /** The order of a given network's channels: "rgb" or "bgr". */
  channels: { takes: text(/./, "rgb or bgr") },
  /** How photos fill a given network's input: pixels of the shorter side, or "squash". */
  resize: { takes: text(/./, "pixels of the shorter side, or squash") },
  /** What may compute, in order of preference. Default: WebGPU where there is a real GPU, else WASM. */
  engines: { takes: listOf(engineNames, "Engines") },
  /** Default: the recipe's, as the three below. */
  epochs: { takes: positiveInteger },
  batchSize: { takes: positiveInteger },
  learningRate: { takes: positiveNumber },
  /** "balanced": each class has the same share of the loss, however many training photos it has. */
  classWeights: { takes: classWeightsKind, default: "none" },
  /** The share of the photos to validate with. */
  validationSplit: { takes: share, default: 0.2 },
  seed: { takes: seed, default: 0 },
  splitSeed: { takes: seed, default: 0 },
  checkpointEvery: { takes: checkpointInterval, default: { unit: "minutes", minutes: 1 } },
} as const satisfies OptionRecord;

export type TrainingOptions = OptionsOf<typeof trainingOptions>;
