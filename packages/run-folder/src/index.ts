export { createFreeRunFolder } from "./create-free-run-folder.js";
export { defaultRunFolder } from "./default-run-folder.js";
export { diskCheckpointStore } from "./disk-checkpoint-store.js";
export type { RecordedBundleFigures } from "./format/bundle-figures.js";
export type { Compression, CompressionStep } from "./format/compression.js";
export type { RunFolderErrorCode } from "./format/errors.js";
export { RUN_FILES } from "./format/run-files.js";
export { encodeRunRecord, livesOf, type RunLife, type RunRecord, wishOf } from "./format/run-record.js";
export { runSettingsOf } from "./format/run-settings.js";
export {
  type InitialWeights,
  matchWeights,
  weightsFileOf,
  weightsToBegin,
  writeInitialWeights,
} from "./initial-weights.js";
export { isLatestRun, latestRun, runNamed, writeLatestRun } from "./latest-run.js";
export { describeMachine, describeVersions } from "./machine/describe-machine.js";
export { readMetrics, truncateMetrics } from "./metrics-file.js";
export { type Checkpoint, openCheckpoint } from "./open-checkpoint.js";
export { openSafetensorsFile } from "./open-safetensors-file.js";
export {
  createRunFolder,
  openRunFolder,
  reopenRunFolder,
  requireNewRunFolder,
  type WritableRunFolder,
} from "./run-folder.js";
export { writeSafetensorsFile } from "./write-safetensors-file.js";
