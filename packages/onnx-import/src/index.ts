export {
  type BoundInputs,
  type ClassifierChoice,
  type ClassifierFile,
  classifierFile,
} from "./classifier-file.js";
export { type ClassifyingOutput, classifierOf, classifyingOutput } from "./classifier-of.js";
export type { OnnxImportErrorCode } from "./errors.js";
export { type ImportOptions, importOnnx, type OnnxImport } from "./import-onnx.js";
export { type ImportedClassifier, importClassifier, importSource } from "./import-source.js";
export type { OnnxFile } from "./onnx-file.js";
export { operatorNames } from "./operators/index.js";
export type { ExternalFiles } from "./read/read-tensor.js";
export { type ImportedSummary, summariseImported } from "./summarise-imported.js";
