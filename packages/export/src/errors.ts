import { FleuronError, type FleuronErrorOptions } from "@fleuron/model";

export type ExportErrorCode =
  /** A parameter is missing, has another length or holds what is no finite number. */
  | "weights-invalid"
  /** Labels or preprocessing are not those of the network. */
  | "model-invalid"
  /** A format was asked for a precision that it does not have. */
  | "precision-unsupported"
  /** The folder holds something else than a bundle of the weights to be written. */
  | "bundle-folder-taken"
  /** The folder may not be replaced, even by force: more than a bundle would go. */
  | "bundle-folder-protected"
  /** No photo is left to compare models on. */
  | "no-photos"
  /** There is nothing to compare models with. */
  | "no-reference";

export const exportError = (
  code: ExportErrorCode,
  message: string,
  options?: FleuronErrorOptions,
): FleuronError<ExportErrorCode> => new FleuronError(code, message, options);
