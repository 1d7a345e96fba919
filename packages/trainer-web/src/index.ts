export type { TrainerWebErrorCode } from "./errors.js";
export type { RunEndEvent, RunStartEvent, TrainingEvent } from "./events.js";
export type { TrainingOptions, WebEngineName } from "./options.js";
export {
  type PageOptions,
  type ResumeTrainingOptions,
  resumeTraining,
  trainClassifier,
} from "./page/train-classifier.js";
export type { TrainedClassifier } from "./page/trained-classifier.js";
export type { LabelledPhoto } from "./photos/labelled-photo.js";
export { deleteRun, savedRuns } from "./storage/browser-storage.js";
