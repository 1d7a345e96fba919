export type { ManifestErrorCode } from "./errors.js";
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
  type BundleFormat,
  type BundleModel,
  type BundlePrecision,
  bundleFormats,
  bundlePrecisions,
  CHUNK_BYTES,
  modelBytes,
} from "./model-entry.js";
export type { TrainingProvenance } from "./training.js";
