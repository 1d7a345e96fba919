export { type MakeDrawnOptions, makeDrawn } from "./drawn/make-drawn.js";
export type { DatasetErrorCode } from "./errors.js";
export type { DatasetEvent } from "./events.js";
export { type DatasetName, findDataset } from "./find-dataset.js";
export { type FetchFlowersOptions, fetchFlowers } from "./flowers.js";
export { linearYardstick } from "./linear-yardstick.js";
