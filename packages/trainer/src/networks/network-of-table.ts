import type { NetworkName } from "@fleuron/model";
import { optionError, withDefaults } from "@fleuron/model/options";
import { planOf, preprocessingOf } from "@fleuron/training";
import { defaultRecipe, learnsFromScratch } from "@fleuron/training/recipes";
import { type TrainOptions, trainOptions } from "../options/train-options.js";
import type { ChosenNetwork } from "./chosen-network.js";

/** A network of the table. */
export function networkOfTable(options: TrainOptions): ChosenNetwork {
  const { width, imageSize, ...settings } = withDefaults(trainOptions, options);
  const network = settings.network as NetworkName;
  return {
    imageSize,
    recipeFor: () => defaultRecipe,
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
  };
}
