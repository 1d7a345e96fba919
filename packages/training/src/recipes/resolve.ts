// A recipe and the options of one run, resolved: nothing is left to be chosen.
import {
  type ImportedNetwork,
  type NetworkDescription,
  networkOf,
  shapePerPhoto,
  trainableParameters,
} from "@fleuron/graph";
import {
  type Network,
  type NetworkName,
  networks,
  notebookPreprocessing,
  type SquarePreprocessing,
  sizeOf,
} from "@fleuron/model";
import type { Resizing } from "../augmentation/crop-box.js";
import type { BatchSettings, DropoutMaskInput } from "../data/batch-settings.js";
import type { Precision, TrainingPlan } from "../plan.js";
import type { ChosenRecipe, Recipe } from "./recipe.js";
import { trainableChoice } from "./trainable.js";

/** What a run may have otherwise than its recipe. */
export interface RecipeChanges {
  readonly epochs?: number | undefined;
  readonly batchSize?: number | undefined;
  readonly learningRate?: number | undefined;
}

export interface RecipeOptions {
  readonly classes: number;
  readonly network: NetworkName;
  readonly imageSize: number;
  readonly width?: number | undefined;
  /** Default: float32. */
  readonly precision?: Precision | undefined;
}

/** The recipe as the run will follow it. */
export function adaptRecipe(recipe: Recipe, options: RecipeChanges): Recipe {
  return {
    ...recipe,
    epochs: options.epochs ?? recipe.epochs,
    batchSize: options.batchSize ?? recipe.batchSize,
    schedule: { ...recipe.schedule, learningRate: options.learningRate ?? recipe.schedule.learningRate },
  };
}

/** A plan whose network is a list of layers. */
export interface LayeredPlan extends TrainingPlan {
  readonly network: Network;
}

export function planOf(recipe: ChosenRecipe, options: RecipeOptions): LayeredPlan {
  return {
    network: networks[options.network]({
      classes: options.classes,
      imageSize: options.imageSize,
      ...(options.width !== undefined && { width: options.width }),
      ...recipe.network,
    }),
    optimiser: recipe.optimiser,
    precision: options.precision ?? "float32",
    batchSize: recipe.batchSize,
  };
}

/** A network that was trained elsewhere, with a new head. */
export interface TunedNetwork {
  readonly network: ImportedNetwork;
  /** The names of its parameters. */
  readonly head: readonly string[];
}

/** A plan that goes on with what a network has learnt. */
export function tunedPlanOf(
  recipe: ChosenRecipe,
  { network, head }: TunedNetwork,
  precision: Precision,
): TrainingPlan {
  const { trainable = "all", bodyRate, optimiser, batchSize } = recipe;
  const learning = trainableParameters(network, trainableChoice(trainable));
  const bodyLearns = learning.some((name) => !head.includes(name));
  return {
    network,
    optimiser,
    precision,
    batchSize,
    ...(trainable !== "all" && { trainable: [...learning] }),
    ...(bodyRate !== undefined && bodyLearns && { bodyRate: { factor: bodyRate, head: [...head] } }),
  };
}

/** Whether the colours of the training photos must be measured before the recipe can be followed. */
export const needsColours = ({ preprocessing, augmentation, colours }: ChosenRecipe): boolean =>
  colours === undefined &&
  (preprocessing.mean === "training-photos" ||
    (augmentation.type === "randomCrop" && augmentation.colourNoise > 0));

export function resizingOf({ preprocessing }: ChosenRecipe, imageSize: number): Resizing {
  const { fit, filter, resizeRatio } = preprocessing;
  return {
    size: imageSize,
    resize:
      fit === "squash" ? { fit, filter } : { fit, filter, resizeTo: Math.round(imageSize * resizeRatio) },
  };
}

export function preprocessingOf(recipe: ChosenRecipe, imageSize: number): SquarePreprocessing {
  const { mean, std } = recipe.preprocessing;
  const measured = mean === "training-photos" ? recipe.colours?.mean : mean;
  if (measured === undefined)
    throw new Error("internal: the colours of the training photos were not measured");
  return { ...notebookPreprocessing, ...resizingOf(recipe, imageSize), mean: [...measured], std: [...std] };
}

export function batchSettingsOf(
  recipe: ChosenRecipe,
  run: {
    readonly network: NetworkDescription;
    readonly classes: number;
    readonly seed: number;
    readonly preprocessing: SquarePreprocessing;
  },
): BatchSettings {
  return {
    seed: run.seed,
    batchSize: recipe.batchSize,
    keepPartialBatch: recipe.keepPartialBatch,
    classes: run.classes,
    labelSmoothing: recipe.labelSmoothing,
    ...(recipe.classWeights && { classWeights: recipe.classWeights }),
    preprocessing: run.preprocessing,
    augmentation: recipe.augmentation,
    mixing: recipe.mixing,
    ...(recipe.colours && { colours: recipe.colours }),
    dropoutMasks: dropoutMaskInputs(run.network),
  };
}

/** The masks that the training graph asks for. */
function dropoutMaskInputs(network: NetworkDescription): readonly DropoutMaskInput[] {
  const graph = networkOf(network).trainingGraph();
  return graph.inputs.flatMap((input) => {
    const { name, role } = input;
    if (role.type !== "dropoutMask") return [];
    return [{ name, keepRate: role.keepRate, size: sizeOf(shapePerPhoto(graph, input)) }];
  });
}
