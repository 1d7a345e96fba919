export type { BatchClassifier } from "./batch-classifier.js";
export {
  type BeginPredictionsOptions,
  type BegunPredictions,
  beginPredictions,
} from "./begin-predictions.js";
export { type BundleClassifierOptions, openBundleClassifier } from "./bundle-classifier.js";
export { type PredictionsErrorCode, predictionsError } from "./errors.js";
export { listedPhotos } from "./photo-list.js";
export { type WritePredictionsOptions, writePredictions } from "./write-predictions.js";
