import { type ErrorCodeOf, errorsOf } from "@fleuron/model";

/** Errors about what is exported and verified. */
export const exportError = errorsOf({
  /** A parameter is missing, has another length or holds what is no finite number. */
  "weights-invalid": "data",
  /** Labels or preprocessing are not those of the network. */
  "model-invalid": "data",
  /** A format was asked for a precision that it does not have. */
  "precision-unsupported": "usage",
  /** A format was asked for an input that it does not have. */
  "input-unsupported": "usage",
  /** One ONNX file cannot hold so many weights. */
  "file-too-large": "usage",
  /** Another tool's files cannot say how photos are preprocessed. */
  "preprocessing-unsupported": "usage",
  /** The folder holds something else than a bundle of the weights to be written. */
  "bundle-folder-taken": "usage",
  /** The folder may not be replaced, even by force: more than a bundle would go. */
  "bundle-folder-protected": "usage",
  /** No photo is left to compare models on. */
  "no-photos": "data",
  /** There is nothing to compare models with. */
  "no-reference": "data",
  /** An imported file does not name its classes. */
  "labels-missing": "usage",
  /** There are more or fewer labels than classes. */
  "labels-invalid": "data",
  /** A bundle was not imported from this file. */
  "source-differs": "data",
  /** A compressed form of a file in a bundle holds something else. */
  "compressed-differs": "data",
  /** The process that measured a file ended by itself. */
  "measurement-ended": "machine",
  /** A file is there already. */
  "file-taken": "usage",
  /** onnxruntime refuses the file that was imported. */
  "source-unusable": "data",
});

export type ExportErrorCode = ErrorCodeOf<typeof exportError>;
