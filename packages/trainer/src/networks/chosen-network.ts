// What `network` names: a network of the table, which begins anew, or a file, whose network goes on learning.
import type { ImportSource, SquarePreprocessing } from "@fleuron/model";
import type { ChosenRecipe, NamedTensor, Precision, Recipe, TrainingPlan } from "@fleuron/training";
import type { RecipeName } from "@fleuron/training/recipes";

/** A network whose classes are not known yet. */
export interface ChosenNetwork {
  readonly imageSize: number;
  /** What is followed where no recipe is asked for. */
  recipeFor(photosPerClass: number): RecipeName;
  /** A recipe with what the network, or an option about it, decides. */
  suited(recipe: Recipe): Recipe;
  preprocessing(recipe: ChosenRecipe): SquarePreprocessing;
  plan(recipe: ChosenRecipe, run: { readonly classes: number; readonly precision: Precision }): TrainingPlan;
  /** Of a file's. */
  readonly learnt?: {
    readonly source: Omit<ImportSource, "weights">;
    /** What replaces the drawn weights. */
    weights(plan: TrainingPlan): readonly NamedTensor[];
  };
}

/** How a path ends that `network` may be. */
export const NETWORK_ENDING = ".onnx";

export const isNetworkFile = (network: string | undefined): network is string =>
  network?.endsWith(NETWORK_ENDING) ?? false;
