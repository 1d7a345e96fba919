export { answerOf, type NamedPhoto, type Naming } from "./answer-of.js";
export type {
  Classification,
  ClassificationTimings,
  Classifier,
  ClassifyOptions,
} from "./classifier.js";
export { type ModelInput, modelInput } from "./model-input.js";
export { type LabelProbability, rankLabels } from "./rank-labels.js";
