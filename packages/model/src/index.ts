export { type Checked, checked, mustBe, parseJson } from "./checked/index.js";
export {
  answerOf,
  type Classification,
  type ClassificationTimings,
  type Classifier,
  type ClassifyOptions,
  type LabelProbability,
  type ModelInput,
  modelInput,
  type NamedPhoto,
  rankLabels,
} from "./classifier/index.js";
export { isEmulatedGpu } from "./emulated-gpu.js";
export {
  type ErrorCodeOf,
  type ErrorKind,
  errorsOf,
  FleuronError,
  type FleuronErrorData,
  type FleuronErrorOptions,
  isSuppressedError,
  originalError,
} from "./errors.js";
export {
  type BestEpoch,
  bestEpochInWords,
  bestEpochSchema,
  END_OF_SCHEDULE,
  LOWEST_LOSS,
} from "./evaluation/best-epoch.js";
export {
  type Calibration,
  calibrationSchema,
  uncalibrated,
} from "./evaluation/calibration.js";
export { type ClassFigures, classFigures } from "./evaluation/class-figures.js";
export type { EpochMetrics } from "./evaluation/epoch-metrics.js";
export type { Evaluation } from "./evaluation/evaluation.js";
export { type LargestClass, largestClass } from "./evaluation/largest-class.js";
export { lossText } from "./evaluation/loss-text.js";
export {
  type Answer,
  type Rejection,
  type Reliability,
  type ReliabilityBin,
  rejectionOf,
  reliabilityOf,
} from "./evaluation/reliability.js";
export { wilsonInterval } from "./evaluation/wilson.js";
export {
  type ProgressEvent,
  type ProgressUnit,
  progress,
  throttle,
  type WarningEvent,
  type WorkEvent,
  warning,
} from "./events.js";
export { firstNotFinite } from "./first-not-finite.js";
export {
  chosenPreprocessing,
  type FoundPreprocessing,
  huggingFacePreprocessing,
  type PreprocessingChoice,
  timmPreprocessing,
} from "./imported-preprocessing/index.js";
export { type Activation, imageInput } from "./layers/common.js";
export { conv2dPads } from "./layers/conv2d.js";
export {
  type Layer,
  type LayerOfType,
  type LayerType,
  layerParameters,
  layerSchema,
} from "./layers/index.js";
export type { LayerShape, Parameter, ParameterKind, ParameterStart } from "./layers/shape.js";
export {
  allFilesOf,
  type BundleFile,
  type BundleFormat,
  type BundleModel,
  type BundlePrecision,
  bundleFormats,
  bundlePrecisions,
  CHUNK_BYTES,
  type CompressedFile,
  type ContentCoding,
  checkedManifest,
  contentCodings,
  encodeManifest,
  folderOf,
  formatVersionOf,
  type ImportSource,
  inputType,
  type KernelBits,
  kernelBits,
  MANIFEST_FILE,
  type Manifest,
  type ManifestErrorCode,
  type ModelSample,
  manifestSchema,
  modelBytes,
  mostExactFirst,
  outputOf,
  parseManifest,
  type StoragePrecision,
  sameAnswersFirst,
  smallestFirst,
  storagePrecisions,
  type TrainingProvenance,
  weightsOf,
  wireBytes,
} from "./manifest/index.js";
export {
  checkOnnx,
  checkProbabilities,
  checkSignature,
  type DescribedModel,
  externalPlace,
  type ModelCheckErrorCode,
  type ModelSignature,
  type OnnxTensor,
  readOnnx,
  type TensorSignature,
} from "./model-checks/index.js";
export { type AlexNetOptions, alexnet } from "./network/alexnet.js";
export {
  type Initialisation,
  type Initialiser,
  initialisationSchema,
  initialise,
} from "./network/initialisation.js";
export {
  countParameters,
  NETWORK_INPUT,
  type Network,
  networkClasses,
  networkParameters,
  networkSchema,
  type ResolvedLayer,
  resolveNetwork,
  sizeOf,
} from "./network/network.js";
export { type NetworkName, type NetworkOptions, networkNames, networks } from "./network/networks.js";
export { type NetworkSummary, type SummaryRow, summarise } from "./network/summary.js";
export {
  decodedSize,
  FORMAT_BYTES,
  formatOf,
  isLfsPointer,
  type Orientation,
  otherFormatOf,
  type PhotoErrorCode,
  type PhotoFile,
  type PhotoFormat,
  parsePhotoFile,
  photoError,
  type Turn,
  turned,
  turnOf,
  unreadablePhoto,
  unsupportedPhoto,
} from "./photo-file/index.js";
export {
  type Box,
  centralSquare,
  colourOf,
  createImage,
  fillInput,
  flattenOnBackground,
  inputLength,
  inputSides,
  isSquare,
  mosaicInput,
  type Normalisation,
  normalise,
  notebookPreprocessing,
  type PreprocessingErrorCode,
  type PreprocessingSpecification,
  parsePreprocessing,
  preprocess,
  preprocessingSchema,
  type ResampleFilter,
  type ResampleOptions,
  type Rgb,
  type RgbImage,
  resample,
  resampleFilterSchema,
  resizePhoto,
  type SquarePreprocessing,
  squarePreprocessingSchema,
  wholeImage,
} from "./preprocessing/index.js";
export {
  fillDropoutMask,
  permutation,
  RANDOM_PURPOSES,
  type RandomErrorCode,
  type RandomPurpose,
  type RandomStream,
  randomStream,
} from "./random/index.js";
export {
  type DecodedSafetensors,
  decodeSafetensors,
  encodeSafetensors,
  encodeSafetensorsHeader,
  float32Values,
  parseSafetensorsHeader,
  SAFETENSORS_DTYPE_BYTES,
  type SafetensorsDtype,
  type SafetensorsEntry,
  type SafetensorsEntryWithData,
  type SafetensorsErrorCode,
  type SafetensorsHeader,
  type SafetensorsSource,
  type SafetensorsTensor,
  type SafetensorsTensorWithData,
  safetensorsDataOffset,
} from "./safetensors/index.js";
export { SerialQueue } from "./serial-queue.js";
export { deserialiseError, type SerialisedError, serialiseError } from "./serialised-error.js";
export { byCodeUnit } from "./text/code-units.js";
export { count, counted, megabytes, percent, percentOrDash, shortNumber } from "./text/numbers.js";
export { visibleText } from "./text/visible-text.js";
export { unreachable } from "./unreachable.js";
