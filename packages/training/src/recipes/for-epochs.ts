// Which recipe makes the most of a time: mixing and strong crops cost a network in its first epochs what they give it in later ones.
import { modern } from "./modern.js";
import { quick } from "./quick.js";
import type { Recipe } from "./recipe.js";

/** Epochs from which on a run from scratch mixes photos: 25 of `modern` came to what 20 of `quick` do (docs/recipes.md). */
const FEWEST_TO_MIX = 30;

/** Twice what `modern` has by itself: the loss of 71 that half an hour held fell to their end (docs/recipes.md). */
const MOST_EPOCHS = 110;

export interface ChosenForEpochs {
  readonly recipe: Recipe;
  /** Half a sentence. */
  readonly reason: string;
}

/** The recipe of a network from scratch of which so many epochs fit into its time: `modern`, or `quick` for as long as they last. */
export function recipeForEpochs(fitting: number): ChosenForEpochs {
  const about = `about ${roundedEpochs(fitting)} epochs fit into the time`;
  return fitting < FEWEST_TO_MIX
    ? { recipe: { ...quick, epochs: FEWEST_TO_MIX }, reason: `${about}: mixing pays in longer runs` }
    : { recipe: { ...modern, epochs: MOST_EPOCHS }, reason: `${about}: enough for mixing to pay` };
}

/** Whether a narrower network, with more epochs, would have none to gain. */
export const areEnoughEpochs = (fitting: number): boolean => fitting >= MOST_EPOCHS;

/** Whole epochs, or tenths of few. */
export const roundedEpochs = (epochs: number): string =>
  epochs < 2 ? epochs.toFixed(1) : String(Math.round(epochs));
