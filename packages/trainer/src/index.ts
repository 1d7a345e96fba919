export { type Augmentation, augmentationSchema } from "./augmentation/augmentation.js";
export { type Mixing, mixingSchema } from "./augmentation/mixing.js";
export type { PhotoColours } from "./augmentation/photo-colours.js";
export { type TestTimeAugmentation, testTimeAugmentations } from "./augmentation/views.js";
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
export type { Finding } from "./engine/finding.js";
export type { TrainerErrorCode } from "./errors.js";
export type {
  CheckpointEvent,
  EpochEvent,
  EpochMetrics,
  LoopEvent,
  ProgressEvent,
  StepEvent,
  WarningEvent,
} from "./events.js";
export { type CheckpointStore, type TrainingProgress, trainingProgressSchema } from "./loop/checkpoint.js";
export { OnnxEngine, type OnnxEngineOptions } from "./onnx/onnx-engine.js";
export type { OnnxRuntime } from "./onnx/onnx-runtime.js";
export { type Optimiser, optimiserSchema } from "./optimisers/index.js";
export { updateGraph } from "./optimisers/update-graph.js";
export { type TrainingPlan, trainingPlanSchema } from "./plan.js";
export {
  type DrawnFlowerOptions,
  type DrawnLabel,
  drawFlowerPicture,
  drawnLabels,
} from "./procedural/index.js";
export { defaultRecipe, type RecipeName, recipeNames, recipes } from "./recipes/index.js";
export type { Recipe } from "./recipes/recipe.js";
export type { RunSettings } from "./recipes/resolve.js";
export { learningRateAt, type Schedule, scheduleSchema } from "./schedules/index.js";
export {
  initialState,
  type NamedTensor,
  parameterStateName,
  type StateTensor,
  stateTensors,
} from "./state.js";
export { wilsonInterval } from "./statistics/wilson.js";
