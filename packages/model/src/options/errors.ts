import { type ErrorCodeOf, errorsOf } from "../errors.js";

/** Errors about what a function was given. */
export const optionError = errorsOf({
  /** No table has an engine of that name. */
  "engine-unknown": "usage",
  "option-invalid": "usage",
  "option-missing": "usage",
  "option-unknown": "usage",
  "recipe-unknown": "usage",
});

export type OptionErrorCode = ErrorCodeOf<typeof optionError>;
