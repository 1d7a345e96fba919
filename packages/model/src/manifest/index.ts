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
  MANIFEST_FILE,
  MANIFEST_FORMAT_VERSION,
  type Manifest,
  manifestSchema,
  parseManifest,
} from "./manifest.js";
export {
  type BundleFile,
  type BundleModel,
  CHUNK_BYTES,
  folderOf,
  modelBytes,
} from "./model-entry.js";
export type { TrainingProvenance } from "./training.js";
