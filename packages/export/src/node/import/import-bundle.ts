import type { ProgressEvent, WarningEvent } from "@fleuron/model";
import type { OptionsOf } from "@fleuron/model/options";
import { readSource } from "@fleuron/onnx-import/node";
import type { writeBundleOptions } from "../../options/index.js";
import { type WrittenBundle, writeBundle } from "../bundle/write-bundle.js";
import { float32Onnx } from "../float32-onnx.js";
import { compareWithSource, type SourceAgreement } from "./compare-with-source.js";
import { type ImportChoice, importModel } from "./import-model.js";

export interface ImportBundleOptions extends OptionsOf<typeof writeBundleOptions>, ImportChoice {
  /** The path of an ONNX file. */
  readonly file: string;
  readonly signal?: AbortSignal | undefined;
}

export interface ImportedBundle extends WrittenBundle {
  /** How far its float32 ONNX model and the file are apart; null where it has no such model. */
  readonly agreement: SourceAgreement | null;
}

export async function* importBundle(
  options: ImportBundleOptions,
): AsyncGenerator<ProgressEvent | WarningEvent, ImportedBundle> {
  const { file, format, precisions, singleFile, input, folder, force, signal, ...choice } = options;
  const source = await readSource(file);
  const model = yield* importModel(source, choice);
  const { sha256 } = source;
  const written = yield* writeBundle({
    ...{ model, format, precisions, singleFile, input, folder, force, signal },
    source: { file: source.file, sha256 },
    keep: [source.path],
  });
  if (float32Onnx(written.manifest) === undefined) return { ...written, agreement: null };
  const agreement = yield* compareWithSource({
    ...{ bundle: written, source, signal },
    inputs: choice.inputs,
  });
  return { ...written, agreement };
}
