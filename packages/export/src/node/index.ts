export type { TrainedModel } from "../trained-model.js";
export { weightsHash } from "./bundle/weights-hash.js";
export { type WriteBundleOptions, type WrittenBundle, writeBundle } from "./bundle/write-bundle.js";
export {
  type SourceAgreement,
  type VerifySourceOptions,
  verifySource,
} from "./import/compare-with-source.js";
export { type ImportBundleOptions, type ImportedBundle, importBundle } from "./import/import-bundle.js";
export type { ImportChoice } from "./import/import-model.js";
export { type ReadNetworkOptions, summariseFile } from "./import/read-network.js";
export {
  type StepOptimiser,
  type WriteTrainingStepOptions,
  type WrittenTrainingStep,
  writeTrainingStep,
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
