// What the commands need of the trainer.
export type { EpochEvent, LoopEvent, ProgressEvent, StepEvent } from "@fleuron/trainer";
export { defaultRecipe, type RecipeName, recipeNames, recipes } from "@fleuron/trainer";
export type {
  CheckpointInterval,
  EstimateEvent,
  Evaluation,
  Prediction,
  RunEndEvent,
  RunEvent,
  RunStartEvent,
  TrainerNodeApi,
} from "../../trainer/dist/node/api.js";
