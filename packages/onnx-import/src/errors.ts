import { FleuronError } from "@fleuron/model";

export type OnnxImportErrorCode =
  /** The file is cut, contradicts itself, or is not ONNX. */
  | "onnx-invalid"
  /** It holds something that has no counterpart here. */
  | "onnx-unsupported"
  /** Its images are no photos. */
  | "model-invalid"
  /** A file that it names beside it is missing, too short, or outside of its folder. */
  | "onnx-external-data"
  /** An option does not suit the file, or the file needs one that was not given. */
  | "onnx-option";

export const importError = (
  code: OnnxImportErrorCode,
  message: string,
  options: { readonly subject?: string; readonly hint?: string; readonly cause?: unknown } = {},
) => new FleuronError(code, message, { kind: code === "onnx-option" ? "usage" : "data", ...options });
