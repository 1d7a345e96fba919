import { type ErrorCodeOf, errorsOf } from "../errors.js";

const error = errorsOf({
  /** The model is another one than the manifest describes. */
  "manifest-invalid": "data",
  /** The model needs a file that the manifest does not list. */
  "bundle-damaged": "data",
  /** The model is no model, or gives no probabilities. */
  "model-unusable": "data",
});

export type ModelCheckErrorCode = ErrorCodeOf<typeof error>;

export const modelCheckError = (
  code: ModelCheckErrorCode,
  subject: string,
  problem: string,
  cause?: unknown,
) =>
  error(code, `${subject} ${problem}.`, {
    subject,
    hint: "Copy the whole bundle again, or write it again.",
    ...(cause !== undefined && { cause }),
  });
