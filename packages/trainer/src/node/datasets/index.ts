export { type CheckDatasetOptions, checkDataset } from "./check/check-dataset.js";
export { writeCheckPage } from "./check/check-page.js";
export type { DatasetReport, PhotoGroup } from "./check/dataset-report.js";
export { type MakeDrawnOptions, makeDrawn } from "./drawn/make-drawn.js";
export type { DatasetErrorCode } from "./errors.js";
export type { DatasetEvent } from "./events.js";
export { type DatasetName, type FoundDataset, findDataset } from "./find-dataset.js";
export { type FetchFlowersOptions, fetchFlowers } from "./flowers.js";
export { linearYardstick } from "./linear-yardstick.js";
