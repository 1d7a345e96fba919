export type { TrainerWebErrorCode } from "./errors.js";
export type { RunEndEvent, RunStartEvent, TrainingEvent } from "./events.js";
export type { NetworkFiles } from "./messages.js";
export type { TrainingOptions, WebEngineName } from "./options.js";
export { deleteRun, type SavedRun, savedRuns } from "./page/saved-runs.js";
export {
  openRun,
  type PageOptions,
  type ResumeTrainingOptions,
  resumeTraining,
  type TrainClassifierOptions,
  trainClassifier,
} from "./page/train-classifier.js";
export type { TrainedClassifier } from "./page/trained-classifier.js";
export type { LabelledPhoto } from "./photos/labelled-photo.js";
