import { FleuronError } from "../errors.js";

export type ModelCheckErrorCode =
  /** The model is another one than the manifest describes. */
  | "manifest-invalid"
  /** The model needs a file that the manifest does not list. */
  | "bundle-damaged"
  /** The model is no model, or gives no probabilities. */
  | "model-unusable";

export const modelCheckError = (
  code: ModelCheckErrorCode,
  subject: string,
  problem: string,
  cause?: unknown,
): FleuronError<ModelCheckErrorCode> =>
  new FleuronError(code, `${subject} ${problem}.`, {
    subject,
    hint: "Copy the whole bundle again, or write it again with fleuron export.",
    ...(cause !== undefined && { cause }),
  });
