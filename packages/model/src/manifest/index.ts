export type { ManifestErrorCode } from "./errors.js";
export {
  type BundleFormat,
  type BundlePrecision,
  bundleFormats,
  bundlePrecisions,
  mostExactFirst,
  type StoragePrecision,
  sameAnswersFirst,
  smallestFirst,
  storagePrecisions,
} from "./kinds.js";
export {
  encodeManifest,
  formatVersionOf,
  MANIFEST_FILE,
  type Manifest,
  manifestSchema,
  parseManifest,
  weightsOf,
} from "./manifest.js";
export {
  type BundleFile,
  type BundleModel,
  CHUNK_BYTES,
  folderOf,
  inputType,
  modelBytes,
} from "./model-entry.js";
export type { ImportSource } from "./source.js";
export type { TrainingProvenance } from "./training.js";
