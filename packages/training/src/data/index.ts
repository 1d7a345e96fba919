// Batches from pixels, without engines: threads that make batches load neither the graph nor its dialects.
export { type CropSet, cropCount, cropsOf, viewsOf } from "../augmentation/views.js";
export type { Batch, ImageBatch } from "../engine/engine.js";
export { outOfMemory } from "../engine/out-of-memory.js";
export { BatchMaker } from "./batch-maker.js";
export { type BatchSettings, type Share, stepsPerEpoch } from "./batch-settings.js";
export { balancedClassWeights } from "./class-weights.js";
export { datasetText } from "./dataset-text.js";
export { enlargedPhotos } from "./enlarged-photos.js";
export { evaluationBatch } from "./evaluation-batch.js";
export { type BatchPart, computedPart, partOfBatch } from "./part-of-batch.js";
export {
  cropStorageFor,
  fixedSize,
  isWholePhoto,
  type PixelStorage,
  storageFor,
  storageName,
  storedSize,
  toStoredForm,
} from "./pixel-storage.js";
export { splitPlaceKey, validatingContents } from "./split.js";
export type { LabelledBatch, TrainingData } from "./training-data.js";
