import type { NetworkName } from "@fleuron/model";
import { optionError } from "@fleuron/model/options";
import { learnsFromScratch, type RecipeName } from "../recipes/index.js";
import { planOf, preprocessingOf } from "../recipes/resolve.js";
import type { ChosenNetwork } from "./chosen-network.js";

export interface TableChoice {
  readonly network: NetworkName;
  readonly width: number;
  readonly imageSize: number;
  /** What is followed where no recipe is asked for. */
  readonly recipe: RecipeName;
}

/** A network of the table: it begins with drawn weights. */
export const networkOfTable = ({ network, width, imageSize, recipe }: TableChoice): ChosenNetwork => ({
  imageSize,
  recipeFor: () => recipe,
  suited(recipe) {
    if (learnsFromScratch(recipe)) return recipe;
    throw optionError(
      "option-invalid",
      `The recipe '${recipe.name}' goes on with what a network has learnt.`,
      {
        subject: "recipe",
        hint: "Give such a network as a file: `network` model.onnx.",
      },
    );
  },
  preprocessing: (recipe) => preprocessingOf(recipe, imageSize),
  plan: (recipe, run) => planOf(recipe, { ...run, network, imageSize, width }),
});
