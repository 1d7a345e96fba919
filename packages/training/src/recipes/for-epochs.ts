// Which recipe makes the most of a time: mixing and strong crops cost a network in its first epochs what they give it in later ones.
import { modern } from "./modern.js";
import { quick } from "./quick.js";
import type { Recipe } from "./recipe.js";

/** Epochs from which on a run from scratch mixes photos: 25 of `modern` came to what 20 of `quick` do (docs/recipes.md). */
const FEWEST_TO_MIX = 30;

export interface ChosenForEpochs {
  readonly recipe: Recipe;
  /** Half a sentence. */
  readonly reason: string;
}

/** The recipe of a network from scratch of which so many epochs fit into its time: `modern`, or `quick` for as long as they last. */
export function recipeForEpochs(fitting: number): ChosenForEpochs {
  const about = fitting < 2 ? fitting.toFixed(1) : String(Math.round(fitting));
  return fitting < FEWEST_TO_MIX
    ? {
        recipe: { ...quick, epochs: FEWEST_TO_MIX },
        reason: `about ${about} epochs fit into the time: mixing pays in longer runs`,
      }
    : { recipe: modern, reason: `about ${about} epochs fit into the time: enough for mixing to pay` };
}
