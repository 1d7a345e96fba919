import { type ErrorCodeOf, errorsOf, type FleuronError } from "../errors.js";

const error = errorsOf({ "safetensors-truncated": "data", "safetensors-invalid": "data" });

export type SafetensorsErrorCode = ErrorCodeOf<typeof error>;

/** `subject` is the file where it is known; it starts the message. */
export function safetensorsError(
  code: SafetensorsErrorCode,
  subject: string | undefined,
  problem: string,
  cause?: unknown,
): FleuronError<SafetensorsErrorCode> {
  return error(code, `${subject ?? "These safetensors bytes"}: ${problem}.`, {
    ...(subject !== undefined && { subject }),
    ...(cause !== undefined && { cause }),
    hint:
      code === "safetensors-truncated"
        ? "The file is incomplete: copy or write it again."
        : "The file is damaged or is not in the safetensors format.",
  });
}
