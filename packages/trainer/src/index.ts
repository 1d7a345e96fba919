export type { EngineInstallErrorCode, InstalledEngine } from "@fleuron/installer";
export { thisMachine } from "@fleuron/machine";
export type { Evaluation } from "@fleuron/model";
export type { CheckpointInterval } from "@fleuron/model/options";
export { launchOf } from "@fleuron/mpi";
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
} from "@fleuron/photos";
export type { ComparedRun, Comparison, SettingDifference } from "@fleuron/report";
export { latestRun, runNamed } from "@fleuron/run-folder";
export type { EngineModule, GpuEngineOffer, Surroundings } from "@fleuron/training";
export { evaluationOfPredictions as evaluationOf } from "@fleuron/training";
export type {
  EstimateEvent,
  EvaluationOfRun,
  LabelledPhotos,
  PhotosMeasured,
  Prediction,
  RunEndEvent,
  RunEvent,
  RunStartEvent,
  TrainedRun,
  UnreadablePhoto,
} from "./api.js";
export { compare } from "./compare/compare.js";
export { type DiagnoseOptions, type Diagnosis, diagnose, type EngineDiagnosis } from "./doctor/diagnose.js";
export { gpuEngineOffer } from "./engines/gpu-engine-offer.js";
export { engineNames, loadEngine } from "./engines/index.js";
export { type InstallEngineOptions, installEngine, removeEngine } from "./engines/install-engine.js";
export type {
  EvaluateOptions,
  PredictOptions,
  PredictToFileOptions,
  ReportOptions,
  TrainedRunOptions,
} from "./options/run-options.js";
export type { ResumeOptions, TrainOptions } from "./options/train-options.js";
export { evaluate } from "./runs/evaluate.js";
export { type LabelledPhotosOptions, labelledPhotos } from "./runs/labelled-photos.js";
export { type NamedPhotos, predict } from "./runs/predict.js";
export { type PredictionsFile, predictToFile } from "./runs/predict-to-file.js";
export { report } from "./runs/report.js";
export { resume } from "./runs/resume.js";
export { photosOfRun } from "./runs/run-photos.js";
export { summariseRun } from "./runs/summarise-run.js";
export { train } from "./runs/train.js";
export { trainedRun } from "./runs/trained-run.js";
export { writeCheckPage } from "./runs/write-check-page.js";
