import { convolutionForms } from "@fleuron/machine";
import { alexnet } from "@fleuron/model";
import { recipes, type TrainingPlan } from "@fleuron/training";
import { batchSize } from "./random-batch.js";

/** AlexNet at full width for five classes, as the recipe `modern` trains it. */
export const fullWidthPlan = (): TrainingPlan => ({
  network: alexnet({ classes: 5, ...recipes.modern.network }),
  optimiser: recipes.modern.optimiser,
  precision: "float32",
  batchSize,
  convolutions: convolutionForms(),
});
