import type { WrittenTransformers } from "@fleuron/export/node";
import type { BundlePrecision } from "@fleuron/model";
import type { LoopEvent } from "@fleuron/training";
import { type ExportRunOptions, type ReadRunOptions, readRun } from "./export-run.js";

export interface ExportTransformersOptions extends ReadRunOptions, Pick<ExportRunOptions, "signal"> {
  readonly precision: readonly BundlePrecision[];
  readonly out: string;
}

/** A run's weights as a folder for transformers.js. */
export async function* exportTransformers({
  precision,
  out,
  signal,
  ...source
}: ExportTransformersOptions): AsyncGenerator<LoopEvent, WrittenTransformers> {
  const { trained, exporter } = yield* readRun(source);
  const { folder: _, training: __, ...model } = trained;
  return yield* exporter.writeTransformers({ model, precisions: precision, folder: out, signal });
}
