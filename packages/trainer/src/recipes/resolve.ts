// A recipe and the options of one run, resolved: nothing is left to be chosen.

import { trainingGraph } from "@fleuron/graph";
import {
  type Network,
  type NetworkName,
  networks,
  notebookPreprocessing,
  type PreprocessingSpecification,
} from "@fleuron/model";
import type { BatchSettings, NoiseInput } from "../data/batch-settings.js";
import type { TrainingPlan } from "../plan.js";
import type { Recipe } from "./recipe.js";

export interface RecipeOptions {
  readonly classes: number;
  readonly network: NetworkName;
  readonly imageSize: number;
  readonly width?: number;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly learningRate?: number;
}

/** The recipe as the run will follow it. */
export function adaptRecipe(recipe: Recipe, options: RecipeOptions): Recipe {
  return {
    ...recipe,
    epochs: options.epochs ?? recipe.epochs,
    batchSize: options.batchSize ?? recipe.batchSize,
    schedule: { ...recipe.schedule, learningRate: options.learningRate ?? recipe.schedule.learningRate },
  };
}

export function planOf(recipe: Recipe, options: RecipeOptions): TrainingPlan {
  return {
    network: networks[options.network]({
      classes: options.classes,
      imageSize: options.imageSize,
      ...(options.width !== undefined && { width: options.width }),
      ...recipe.network,
    }),
    loss: { type: "softmaxCrossEntropy" },
    optimiser: recipe.optimiser,
    precision: "float32",
    batchSize: recipe.batchSize,
  };
}

export function preprocessingOf({ preprocessing }: Recipe, imageSize: number): PreprocessingSpecification {
  const { fit, filter, resizeRatio, mean, std } = preprocessing;
  return {
    ...notebookPreprocessing,
    size: imageSize,
    resize:
      fit === "squash" ? { fit, filter } : { fit, filter, resizeTo: Math.round(imageSize * resizeRatio) },
    mean: [...mean],
    std: [...std],
  };
}

export function batchSettingsOf(
  recipe: Recipe,
  run: {
    readonly network: Network;
    readonly classes: number;
    readonly seed: number;
    readonly preprocessing: PreprocessingSpecification;
  },
): BatchSettings {
  return {
    seed: run.seed,
    batchSize: recipe.batchSize,
    keepPartialBatch: recipe.keepPartialBatch,
    classes: run.classes,
    labelSmoothing: recipe.labelSmoothing,
    preprocessing: run.preprocessing,
    augmentation: recipe.augmentation,
    mixing: recipe.mixing,
    noise: noiseInputs(run.network),
  };
}

/** The masks that the training graph asks for. */
function noiseInputs(network: Network): readonly NoiseInput[] {
  const graph = trainingGraph(network);
  return graph.inputs.flatMap(({ name, role, value }) => {
    if (role.type !== "noise") return [];
    const perPhoto = graph.types[value].shape.slice(1) as readonly number[];
    return [
      { name, keepRate: role.keepRate, size: perPhoto.reduce((product, length) => product * length, 1) },
    ];
  });
}
