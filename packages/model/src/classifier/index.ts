export type {
  Classification,
  ClassificationTimings,
  Classifier,
  ClassifyOptions,
} from "./classifier.js";
export { type LabelProbability, rankLabels } from "./rank-labels.js";
