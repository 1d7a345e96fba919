export type { TrainedModel } from "../trained-model.js";
export { weightsHash } from "./bundle/weights-hash.js";
export { type WriteBundleOptions, type WrittenBundle, writeBundle } from "./bundle/write-bundle.js";
export type { SourceAgreement, VerifySourceOptions } from "./import/compare-with-source.js";
export type { ImportBundleOptions, ImportedBundle } from "./import/import-bundle.js";
export type { ImportChoice } from "./import/import-model.js";
export { importBundle, summariseFile, verifySource, writeTrainingStep } from "./import/index.js";
export type { ReadNetworkOptions } from "./import/read-network.js";
export type {
  StepOptimiser,
  WriteTrainingStepOptions,
  WrittenTrainingStep,
} from "./import/write-training-step.js";
export {
  type BundleFigures,
  type FileFigures,
  type MeasureBundleOptions,
  measureBundle,
} from "./measure/measure-bundle.js";
export type { TrainedPrediction } from "./verify/reference.js";
export type { ModelCheck, VerificationReport } from "./verify/report.js";
export { type VerifyBundleOptions, verifyBundle } from "./verify/verify-bundle.js";
export {
  type WriteTransformersOptions,
  type WrittenTransformers,
  writeTransformers,
} from "./write-transformers.js";
