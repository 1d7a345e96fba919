import type { WrittenTransformers } from "@fleuron/export/node";
import type { BundlePrecision } from "@fleuron/model";
import type { LoopEvent } from "@fleuron/training";
import type { ExportRunOptions } from "./export-run.js";

export interface ExportTransformersOptions
  extends Pick<ExportRunOptions, "runs" | "loadExporter" | "run" | "checkpoint" | "signal"> {
  readonly precision: readonly BundlePrecision[];
  readonly out: string;
}

/** A run's weights as a folder for transformers.js. */
export async function* exportTransformers({
  runs,
  loadExporter,
  run,
  checkpoint,
  precision,
  out,
  signal,
}: ExportTransformersOptions): AsyncGenerator<LoopEvent, WrittenTransformers> {
  yield { type: "progress", task: "reading weights", completed: 0, total: 1, unit: "checkpoint" };
  const [trained, exporter] = await Promise.all([runs.trainedRun({ run, checkpoint }), loadExporter()]);
  const { folder: _, training: __, ...model } = trained;
  return yield* exporter.writeTransformers({ model, precisions: precision, folder: out, signal });
}
