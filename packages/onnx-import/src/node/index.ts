// ONNX files on a disk, with what lies beside them.
export { importSource } from "./import-source.js";
export {
  type BoundInputs,
  type ClassifierChoice,
  type ClassifierFile,
  readClassifier,
} from "./read-classifier.js";
export { readSource, type SourceFile } from "./read-source.js";
