export type { ConvolutionForms } from "@fleuron/graph/onnx";
export { type Augmentation, augmentationSchema } from "./augmentation/augmentation.js";
export type { Resizing } from "./augmentation/crop-box.js";
export { type Mixing, mixingSchema } from "./augmentation/mixing.js";
export { ColourMeter, type PhotoColours } from "./augmentation/photo-colours.js";
export { type TestTimeAugmentation, testTimeAugmentations } from "./augmentation/test-time-augmentation.js";
export {
  type CropSet,
  cropCount,
  cropSetOf,
  cropsOf,
  preprocessingForViews,
  viewIn,
  viewsOf,
} from "./augmentation/views.js";
export { firstForms } from "./convolution-forms.js";
export { BatchMaker } from "./data/batch-maker.js";
export { type BatchSettings, stepsPerEpoch } from "./data/batch-settings.js";
export { evaluationBatch } from "./data/evaluation-batch.js";
export type { LabelledBatch, TrainingData } from "./data/training-data.js";
export { disagreement } from "./engine/agreement.js";
export type {
  Batch,
  EngineDescription,
  EngineOptions,
  Hyperparameters,
  ImageBatch,
  Logits,
  StepMetrics,
  TrainingEngine,
} from "./engine/engine.js";
export type {
  EngineModule,
  GpuEngineOffer,
  Suitability,
  WantedPrecision,
} from "./engine/engine-module.js";
export { bad, type Finding, type FindingCode, firstBad, good, obstacleToAuto } from "./engine/finding.js";
export { findingsOf } from "./engine/findings-of.js";
export { madeUpBatch, madeUpState } from "./engine/made-up.js";
export { outOfMemory } from "./engine/out-of-memory.js";
export { requireWorking } from "./engine/require-working.js";
export { stepTime } from "./engine/step-time.js";
export type { Platform, Surroundings } from "./engine/surroundings.js";
export { type TrainerErrorCode, trainerError } from "./errors.js";
export {
  type EvaluatedNetwork,
  type EvaluatePhotosOptions,
  type EvaluationSums,
  evaluatePhotos,
  evaluationOf,
  evaluationOfPredictions,
  finiteLogits,
  type LabelledAnswer,
  softmax,
} from "./evaluation/index.js";
export type { CheckpointEvent, EpochEvent, LoopEvent, StepEvent } from "./events.js";
export { type Body, type BodyOfPhotos, bodyFeatures } from "./features/body-features.js";
export { FeatureData } from "./features/feature-data.js";
export type { FeatureSet } from "./features/feature-set.js";
export { frozenValues, type HeadAlone, headAlone } from "./features/head-alone.js";
export { HeadEngine } from "./features/head-engine.js";
export { leastBytes } from "./least-bytes.js";
export { type CheckpointStore, type TrainingProgress, trainingProgressSchema } from "./loop/checkpoint.js";
export { startOfRun } from "./loop/progress.js";
export type { TimeBudget } from "./loop/time-budget.js";
export { type LoopOptions, type LoopResult, trainLoop } from "./loop/train.js";
export { matchingWeights } from "./matching-weights.js";
export type { ChosenNetwork } from "./networks/chosen-network.js";
export { networkOfTable, type TableChoice } from "./networks/network-of-table.js";
export { type LearntNetwork, networkToTune, type TuningChoice } from "./networks/network-to-tune.js";
export { requireSuited } from "./networks/require-suited.js";
export { type Optimiser, optimiserSchema } from "./optimisers/index.js";
export { decayedGradients, type SgdOptions } from "./optimisers/sgd.js";
export { updateGraph } from "./optimisers/update-graph.js";
export { type LoopSettings, loopOptions } from "./options/index.js";
export { type Precision, precisions, type TrainingPlan, trainingPlanSchema } from "./plan.js";
export {
  areEnoughEpochs,
  type ChosenForEpochs,
  recipeForEpochs,
  roundedEpochs,
} from "./recipes/for-epochs.js";
export { defaultRecipe, learnsFromScratch, type RecipeName, recipeNames, recipes } from "./recipes/index.js";
export { ownRecipe } from "./recipes/own-recipe.js";
export type { ChosenRecipe, Recipe } from "./recipes/recipe.js";
export {
  adaptRecipe,
  batchSettingsOf,
  type LayeredPlan,
  needsColours,
  planOf,
  preprocessingOf,
  type RecipeChanges,
  resizingOf,
  type TunedNetwork,
  tunedPlanOf,
} from "./recipes/resolve.js";
export { type RunSettings, runSettingsSchema } from "./recipes/run-settings.js";
export { requireMemory } from "./require-memory.js";
export { learningRateAt, type Schedule, scheduleSchema } from "./schedules/index.js";
export {
  initialState,
  learningParameters,
  type NamedTensor,
  parameterStateName,
  requireStateTensor,
  type StateTensor,
  slotStateName,
  stateTensors,
  withoutSlots,
} from "./state.js";
export { inTermsOfState } from "./state-graph.js";
