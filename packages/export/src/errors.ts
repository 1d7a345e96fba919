import { FleuronError, type FleuronErrorOptions } from "@fleuron/model";

export type ExportErrorCode = "weights-invalid" | "precision-unsupported";

export const exportError = (
  code: ExportErrorCode,
  message: string,
  options?: FleuronErrorOptions,
): FleuronError<ExportErrorCode> => new FleuronError(code, message, options);
