export { type BatchWorkerData, type LabelledPhoto, WorkerData } from "./batches/index.js";
export { PixelReader, type PixelSource } from "./cache/pixel-reader.js";
export { mapConcurrently } from "./concurrency/map-concurrently.js";
export { checkDataset } from "./datasets/check/check-dataset.js";
export type { DatasetReport, PhotoGroup } from "./datasets/check/dataset-report.js";
export { makeDrawn } from "./datasets/drawn/make-drawn.js";
export type { DatasetErrorCode } from "./datasets/errors.js";
export { type DatasetName, type FoundDataset, findDataset } from "./datasets/find-dataset.js";
export { type FetchFlowersOptions, fetchFlowers } from "./datasets/flowers.js";
export { linearYardstick } from "./datasets/linear-yardstick.js";
export { type PhotosErrorCode, photosError } from "./errors.js";
export type { PhotosEvent } from "./events.js";
export type { CheckDatasetOptions } from "./options/check-dataset-options.js";
export type { MakeDrawnOptions } from "./options/make-drawn-options.js";
export { type DividedPhotos, dividedPhotos } from "./prepare/divided-photos.js";
export { measureColours } from "./prepare/measure-colours.js";
export {
  labelled,
  type PrepareScannedOptions,
  prepareScanned,
  prepareValidation,
} from "./prepare/photos-of-run.js";
export { type PrepareCropsOptions, prepareCrops } from "./prepare/prepare-crops.js";
export { type PrepareOptions, prepareDataset } from "./prepare/prepare-dataset.js";
export { type PreparedDataset, type PreparedPhoto, unreadableWarning } from "./prepare/prepared-dataset.js";
export { requireKnownClasses, spelledAs } from "./scan/known-classes.js";
export { photosBelow } from "./scan/list-photos.js";
export type { Part } from "./scan/parts.js";
export { leftOutWarnings, listPhotos, type PhotoPathsOptions, photoPaths } from "./scan/photo-paths.js";
export { type ScannedDataset, scanDataset } from "./scan/scan-dataset.js";
export { scanWarnings } from "./scan/scan-warnings.js";
export { expectations } from "./split/expectations.js";
export { nearDuplicates } from "./split/near-duplicates.js";
export { type Split, splitDataset } from "./split/split-dataset.js";
export { photosOfSplit, readSplit, writeSplit } from "./split/split-file.js";
export { requireBothSides, splitProblems } from "./split/split-problems.js";
export { takePerClass } from "./split/take-per-class.js";
