// A network that is to be trained: of the table, or what a file has learnt.
import type { ImportSource, SquarePreprocessing } from "@fleuron/model";
import type { Precision, TrainingPlan } from "../plan.js";
import type { RecipeName } from "../recipes/index.js";
import type { ChosenRecipe, Recipe } from "../recipes/recipe.js";
import type { NamedTensor } from "../state.js";

/** A network whose classes are not known yet. */
export interface ChosenNetwork {
  readonly imageSize: number;
  /** What is followed where no recipe is asked for. */
  recipeFor(photosPerClass: number): RecipeName;
  /** A recipe with what the network, or an option about it, decides. */
  suited(recipe: Recipe): Recipe;
  preprocessing(recipe: ChosenRecipe): SquarePreprocessing;
  plan(recipe: ChosenRecipe, run: { readonly classes: number; readonly precision: Precision }): TrainingPlan;
  /** The same at half its width, for a time that holds too few epochs of it; absent where the width is not to be chosen. */
  readonly narrower?: ChosenNetwork;
  /** What a file brings along; absent for a network of the table. */
  readonly learnt?: {
    readonly source: Omit<ImportSource, "weights">;
    /** What replaces the drawn weights. */
    weights(plan: TrainingPlan): readonly NamedTensor[];
  };
}
