// Files that have been read: what is wrong with one names its path.
import type { ImportedNetwork } from "@fleuron/graph";
import { FleuronError } from "@fleuron/model";
import { classifierOf } from "./classifier-of.js";
import { type ImportOptions, importOnnx, type OnnxImport } from "./import-onnx.js";
import type { OnnxFile } from "./onnx-file.js";

type SourceOptions = Omit<ImportOptions, "externalData">;

/** @throws FleuronError those of `importOnnx`, with the file's path. */
export const importSource = (source: OnnxFile, options: SourceOptions): OnnxImport =>
  naming(source, () => importOnnx(source.bytes, { ...options, externalData: source.externalData }));

export interface ImportedClassifier {
  readonly imported: OnnxImport;
  readonly network: ImportedNetwork;
}

/** @throws FleuronError those of `importOnnx` and `classifierOf`, with the file's path. */
export function importClassifier(source: OnnxFile, options: SourceOptions): ImportedClassifier {
  const imported = importSource(source, options);
  return { imported, network: naming(source, () => classifierOf(imported)) };
}

function naming<Result>({ path }: OnnxFile, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof FleuronError)) throw cause;
    const { code, kind, subject, hint } = cause;
    throw new FleuronError(code, `${path}: ${cause.message}`, { kind, subject, hint, cause });
  }
}
