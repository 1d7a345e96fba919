import { type ErrorCodeOf, errorsOf } from "../errors.js";

const error = errorsOf({ "manifest-invalid": "data", "manifest-newer": "data" });

export type ManifestErrorCode = ErrorCodeOf<typeof error>;

export const manifestError = (code: ManifestErrorCode, subject: string, problem: string, cause?: unknown) =>
  error(code, `${subject} is not a bundle's manifest: ${problem}.`, {
    subject,
    hint: code === "manifest-newer" ? "Update Fleuron." : "Write the bundle again.",
    ...(cause !== undefined && { cause }),
  });
