import type { WrittenTransformers } from "@fleuron/export/node";
import type { BundlePrecision } from "@fleuron/model";
import type { LoopEvent } from "@fleuron/training";
import type { ExportRunOptions } from "./export-run.js";

export interface ExportTransformersOptions
  extends Pick<ExportRunOptions, "trainer" | "exporter" | "run" | "checkpoint" | "signal"> {
  readonly precision: readonly BundlePrecision[];
  readonly out: string;
}

/** A run's weights as a folder for transformers.js. */
export async function* exportTransformers({
  trainer,
  exporter,
  run,
  checkpoint,
  precision,
  out,
  signal,
}: ExportTransformersOptions): AsyncGenerator<LoopEvent, WrittenTransformers> {
  yield { type: "progress", task: "reading weights", completed: 0, total: 1, unit: "checkpoint" };
  const { folder: _, training: __, ...model } = await trainer.trainedRun({ run, checkpoint });
  return yield* exporter.writeTransformers({ model, precisions: precision, folder: out, signal });
}
