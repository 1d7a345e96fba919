// The table of recipes that `--recipe` names. To add one: a file here and a line below. An entry of the package by itself,
// which loads nothing else.
import { fineTune } from "./fine-tune.js";
import { head } from "./head.js";
import { modern } from "./modern.js";
import { notebook } from "./notebook.js";
import { notebookComplete } from "./notebook-complete.js";
import { paper } from "./paper.js";
import { quick } from "./quick.js";
import type { Recipe } from "./recipe.js";

export { type TestTimeAugmentation, testTimeAugmentations } from "../augmentation/test-time-augmentation.js";
export { classWeightsKind } from "./class-weights-kind.js";
export { trainableChoice, trainableKind } from "./trainable.js";

export const recipes = {
  "fine-tune": fineTune,
  head,
  modern,
  notebook,
  "notebook-complete": notebookComplete,
  paper,
  quick,
} as const satisfies Record<string, Recipe>;

export type RecipeName = keyof typeof recipes;
export const recipeNames = Object.keys(recipes) as readonly RecipeName[];
export const defaultRecipe: RecipeName = "modern";

/** Whether a recipe begins with drawn weights: the others go on with what a network has learnt elsewhere. */
export const learnsFromScratch = ({ bodyRate, trainable }: Pick<Recipe, "bodyRate" | "trainable">): boolean =>
  bodyRate === undefined && trainable === undefined;
