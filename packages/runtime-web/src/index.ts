export type {
  Classification,
  ClassificationTimings,
  Classifier,
  ClassifyOptions,
  LabelProbability,
} from "@fleuron/model";
export { FleuronError } from "@fleuron/model";
export type { RuntimeWebErrorCode } from "./errors.js";
export type { ClassifierWarningEvent, DownloadProgressEvent } from "./events.js";
export type { BundleFiles, Fallback } from "./messages.js";
export { clearCache } from "./page/clear-cache.js";
export { loadClassifier } from "./page/load-classifier.js";
export type { ExecutionProvider, LoadOptions } from "./page/options.js";
export type { Photo } from "./page/photo.js";
export type { WebClassifier } from "./page/web-classifier.js";
