// ONNX files on a disk, with what lies beside them.
export { readClassifier } from "./read-classifier.js";
export { readSource, type SourceFile } from "./read-source.js";
