import type { ProgressEvent } from "@fleuron/model";
import { pickOptions, type Settled } from "@fleuron/model/options";
import { type LabelledPhoto, measureColours, type PreparedDataset } from "@fleuron/photos";
import { adaptRecipe, loopOptions, needsColours, type Recipe, type RunSettings } from "@fleuron/training";
import { balancedClassWeights } from "@fleuron/training/data";
import type { trainOptions } from "../options/train-options.js";

export interface SettledPhotos {
  readonly dataset: PreparedDataset;
  readonly train: readonly LabelledPhoto[];
}

/** A recipe as a new run follows it: with the options that it was given, and what the photos it learns from must be measured for. */
export async function* settingsOfRun(
  recipe: Recipe,
  options: Settled<typeof trainOptions>,
  { dataset, train }: SettledPhotos,
): AsyncGenerator<ProgressEvent, RunSettings> {
  const { classWeights, timeBudget, perClass, initFrom, signal } = options;
  const adapted = adaptRecipe(recipe, options);
  return {
    ...adapted,
    ...(classWeights === "balanced" && {
      classWeights: balancedClassWeights(
        train.map(({ label }) => label),
        dataset.labels.length,
      ),
    }),
    ...(needsColours(adapted) && { colours: yield* measureColours(train, dataset.pixels, signal) }),
    ...pickOptions(loopOptions, options),
    ...(timeBudget !== undefined && { timeBudget }),
    ...(perClass !== undefined && { perClass }),
    ...(initFrom !== undefined && { initFrom }),
  };
}
