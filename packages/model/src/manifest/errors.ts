import { FleuronError } from "../errors.js";

export type ManifestErrorCode = "manifest-invalid" | "manifest-newer";

export const manifestError = (
  code: ManifestErrorCode,
  subject: string,
  problem: string,
  cause?: unknown,
): FleuronError<ManifestErrorCode> =>
  new FleuronError(code, `${subject} is not a bundle's manifest: ${problem}.`, {
    subject,
    hint: code === "manifest-newer" ? "Update Fleuron." : "Write the bundle again with `fleuron export`.",
    ...(cause !== undefined && { cause }),
  });
