export { checkFiles } from "./bundle/check-files.js";
export { type Bundle, openBundle } from "./bundle/open-bundle.js";
export {
  type ClassifiedFiles,
  type ClassifyFilesOptions,
  classifyFiles,
  type Prediction,
} from "./classifier/classify-files.js";
export { type LoadClassifierOptions, loadClassifier } from "./classifier/load-classifier.js";
export type { NodePhoto } from "./classifier/node-classifier.js";
export {
  type ModelPlace,
  type OnnxModel,
  type OnnxModelOptions,
  openOnnxModel,
} from "./classifier/onnx-model.js";
export { onnxruntime } from "./classifier/onnxruntime.js";
export { prepare } from "./classifier/prepare.js";
export { type RuntimeNodeErrorCode, runtimeError } from "./errors.js";
export {
  type DecodedPhoto,
  type DecodeOptions,
  decodePhoto,
  decoderIdentity,
  PixelBudget,
  readPhoto,
  type UnreadablePhoto,
  type UsedFile,
  type UsePhotoOptions,
  useFile,
  usePhoto,
} from "./photos/index.js";
