// How large a network the page offers to train, and how long.
import type { TrainingOptions } from "@fleuron/trainer-web";
import { adaptRecipe, leastBytes, planOf } from "@fleuron/training";
import { recipes } from "@fleuron/training/recipes";

export interface Size {
  readonly width: number;
  readonly imageSize: number;
  /** Small batches where photos are few: a network learns by its steps. */
  readonly batchSize: number;
  /** What a network of this size needs at least, however few the photos: more classes take longer to tell apart. */
  readonly stepsPerClass: number;
}

export const sizes = {
  quick: { width: 0.1, imageSize: 99, batchSize: 8, stepsPerClass: 200 },
  better: { width: 0.25, imageSize: 131, batchSize: 16, stepsPerClass: 300 },
  full: { width: 1, imageSize: 227, batchSize: 16, stepsPerClass: 400 },
} as const satisfies Record<string, Size>;
export type SizeName = keyof typeof sizes;

const RECIPE = "quick";
const FEWEST_EPOCHS = 10;
const TRAINING_SHARE = 0.8;

/** The options of a run on so many photos of so many classes. */
export function optionsFor(
  { width, imageSize, batchSize, stepsPerClass }: Size,
  { photos, classes }: { readonly photos: number; readonly classes: number },
): TrainingOptions & { readonly epochs: number } {
  const stepsPerEpoch = Math.max(1, Math.floor((photos * TRAINING_SHARE) / batchSize));
  const epochs = Math.max(FEWEST_EPOCHS, Math.ceil((stepsPerClass * classes) / stepsPerEpoch));
  return { recipe: RECIPE, width, imageSize, batchSize, epochs };
}

/** The bytes that a step takes at least. */
export function memoryFor({ width, imageSize, batchSize }: Size, classes: number): number {
  const options = { width, imageSize, batchSize, classes, network: "alexnet" } as const;
  return leastBytes(planOf(adaptRecipe(recipes[RECIPE], options), options));
}
