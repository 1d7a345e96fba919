import { FleuronError } from "@fleuron/model";
import { type ImportOptions, importOnnx, type OnnxImport } from "./import-onnx.js";
import type { OnnxFile } from "./onnx-file.js";

/**
 * Imports a file that has been read.
 * @throws FleuronError those of `importOnnx`, with the file's path.
 */
export function importSource(
  { path, bytes, externalData }: OnnxFile,
  options: Omit<ImportOptions, "externalData">,
): OnnxImport {
  try {
    return importOnnx(bytes, { ...options, externalData });
  } catch (cause) {
    if (!(cause instanceof FleuronError)) throw cause;
    const { code, kind, subject, hint } = cause;
    throw new FleuronError(code, `${path}: ${cause.message}`, { kind, subject, hint, cause });
  }
}
