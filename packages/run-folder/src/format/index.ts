// What a run keeps, wherever it is kept: a folder in Node, a browser's own files in a page.
export {
  type CheckpointKind,
  decodeCheckpointMetadata,
  encodeCheckpointMetadata,
} from "./checkpoint-metadata.js";
export { checkpointTensors } from "./checkpoint-tensors.js";
export { type NetworkFile, networkText } from "./network-file.js";
export { RUN_FILES } from "./run-files.js";
export { decodeRunRecord, encodeRunRecord, livesOf, type RunRecord, wishOf } from "./run-record.js";
