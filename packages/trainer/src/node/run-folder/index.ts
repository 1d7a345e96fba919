export type { CheckpointKind } from "./checkpoint-metadata.js";
export { defaultRunFolder } from "./default-run-folder.js";
export { diskCheckpointStore } from "./disk-checkpoint-store.js";
export type { RunFolderErrorCode } from "./errors.js";
export { latestRun, writeLatestRun } from "./latest-run.js";
export { describeMachine, describeVersions } from "./machine.js";
export { readMetrics, truncateMetrics } from "./metrics-file.js";
export { type Checkpoint, openCheckpoint } from "./open-checkpoint.js";
export { openSafetensorsFile, type SafetensorsFile } from "./open-safetensors-file.js";
export { RUN_FILES } from "./run-files.js";
export {
  createRunFolder,
  openRunFolder,
  type RunFolder,
  reopenRunFolder,
  requireNewRunFolder,
  type WritableRunFolder,
} from "./run-folder.js";
export { livesOf, type RunLife, type RunRecord, wishOf } from "./run-record.js";
export { writeSafetensorsFile } from "./write-safetensors-file.js";
