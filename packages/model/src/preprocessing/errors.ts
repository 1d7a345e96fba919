import { FleuronError } from "../errors.js";

export type PreprocessingErrorCode =
  | "preprocessing-invalid"
  | "preprocessing-image"
  | "preprocessing-box"
  | "preprocessing-output";

export function preprocessingError(
  code: PreprocessingErrorCode,
  message: string,
): FleuronError<PreprocessingErrorCode> {
  return new FleuronError(code, message);
}
