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
export { type OnnxModel, type OnnxModelOptions, openOnnxModel } from "./classifier/onnx-model.js";
export { onnxruntime } from "./classifier/onnxruntime.js";
export { type DecodedFile, decodeFile, type UnreadablePhoto } from "./decode-file.js";
export { type DecodedPhoto, type DecodeOptions, decodePhoto, decoderIdentity } from "./decode-photo.js";
export { type RuntimeNodeErrorCode, runtimeError } from "./errors.js";
export type { PhotoFormat } from "./photo-format.js";
export { type PhotoHeader, type ProbeOptions, probePhoto } from "./probe-photo.js";
export { readPhoto } from "./read-photo.js";
