export type {
  CheckpointInterval,
  EstimateEvent,
  Evaluation,
  EvaluationOfRun,
  LabelledPhotos,
  PhotosMeasured,
  Prediction,
  RunEndEvent,
  RunEvent,
  RunStartEvent,
  TrainedRun,
  TrainerNodeApi,
  TrainOptions,
  UnreadablePhoto,
} from "./api.js";
export {
  type CheckDatasetOptions,
  checkDataset,
  type DatasetErrorCode,
  type DatasetName,
  type DatasetReport,
  type FetchFlowersOptions,
  fetchFlowers,
  type MakeDrawnOptions,
  makeDrawn,
  type PhotoGroup,
  writeCheckPage,
} from "./datasets/index.js";
export { type DiagnoseOptions, type Diagnosis, diagnose, type EngineDiagnosis } from "./doctor/diagnose.js";
export { type Surroundings, thisMachine } from "./doctor/surroundings.js";
export {
  type EngineInstallErrorCode,
  type InstallEngineOptions,
  type InstalledEngine,
  installEngine,
  removeEngine,
} from "./engine-install/index.js";
export type { EngineModule } from "./engines/engine-module.js";
export { type GpuEngineOffer, gpuEngineOffer } from "./engines/gpu-engine-offer.js";
export { engineNames, loadEngine } from "./engines/index.js";
export { evaluationOfPredictions as evaluationOf } from "./evaluation.js";
export { compare } from "./report/compare/compare.js";
export type { ComparedRun, Comparison, SettingDifference } from "./report/compare/comparison.js";
export { latestRun } from "./run-folder/index.js";
export { evaluate } from "./runs/evaluate.js";
export { labelledPhotos } from "./runs/labelled-photos.js";
export { listPhotos } from "./runs/list-photos.js";
export { predict } from "./runs/predict.js";
export { report } from "./runs/report.js";
export { resume } from "./runs/resume.js";
export { train } from "./runs/train.js";
export { trainedRun } from "./runs/trained-run.js";
