export type { ManifestErrorCode } from "./errors.js";
export {
  type BundleFormat,
  type BundlePrecision,
  bundleFormats,
  bundlePrecisions,
  type KernelBits,
  kernelBits,
  mostExactFirst,
  type StoragePrecision,
  sameAnswersFirst,
  smallestFirst,
  storagePrecisions,
} from "./kinds.js";
export {
  formatVersionOf,
  MANIFEST_FILE,
  type Manifest,
  manifestSchema,
  parseManifest,
  weightsOf,
} from "./manifest.js";
export {
  allFilesOf,
  type BundleFile,
  type BundleModel,
  CHUNK_BYTES,
  type CompressedFile,
  type ContentCoding,
  contentCodings,
  folderOf,
  inputType,
  modelBytes,
  wireBytes,
} from "./model-entry.js";
export { outputOf } from "./output.js";
export type { ModelSample } from "./sample.js";
export type { ImportSource } from "./source.js";
export { checkedManifest } from "./strict-check.js";
export type { TrainingProvenance } from "./training.js";
export { encodeManifest } from "./write-manifest.js";
