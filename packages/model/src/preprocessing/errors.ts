import { type ErrorCodeOf, errorsOf } from "../errors.js";

export const preprocessingError = errorsOf({
  "preprocessing-invalid": "data",
  "preprocessing-image": "data",
  "preprocessing-box": "internal",
  "preprocessing-output": "internal",
});

export type PreprocessingErrorCode = ErrorCodeOf<typeof preprocessingError>;
