// Batches made by threads, without what fetches, draws, checks and prepares photos.
export type { BatchWorkerData, LabelledPhoto } from "./messages.js";
export { WorkerData } from "./worker-data.js";
