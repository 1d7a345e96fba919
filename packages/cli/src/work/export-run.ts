// What `export` and `demo` share: a run's weights, written as a bundle.
import { join } from "node:path";
import type { TrainedModel, WrittenBundle } from "@fleuron/export/node";
import type { BundleFormat, BundlePrecision } from "@fleuron/model";
import type { TrainedRun } from "@fleuron/trainer";
import type { LoopEvent } from "@fleuron/training";
import type { Context, Exporter, TrainedRuns } from "../context.js";

export interface ReadRunOptions extends Pick<Context, "loadExporter"> {
  readonly runs: Pick<TrainedRuns, "trainedRun">;
  readonly run: string;
  readonly checkpoint: "best" | "last";
}

export interface ExportRunOptions extends ReadRunOptions {
  readonly format: BundleFormat | "all";
  readonly precision: readonly BundlePrecision[] | ((model: TrainedModel) => readonly BundlePrecision[]);
  /** Default: bundle/ in the run's folder. */
  readonly out?: string | undefined;
  readonly singleFile?: boolean | undefined;
  readonly input?: "image" | "bytes" | undefined;
  readonly force?: boolean | undefined;
  /** Called when the run has been read, before anything is written. */
  readonly onRead?: () => void;
  readonly signal: AbortSignal;
}

/** The weights are in memory no longer than this takes. */
export async function* exportRun(options: ExportRunOptions): AsyncGenerator<LoopEvent, WrittenBundle> {
  const { format, precision, out, signal, singleFile = false, input, force = false } = options;
  const { trained, exporter } = yield* readRun(options);
  const { folder, training, weightsHash, ...model } = trained;
  options.onRead?.();
  return yield* exporter.writeBundle({
    model,
    training,
    knownFinite: true,
    knownHash: weightsHash,
    format,
    precisions: typeof precision === "function" ? precision(model) : precision,
    folder: out ?? join(folder, "bundle"),
    singleFile,
    input,
    force,
    keep: [folder],
    signal,
  });
}

/** A run's weights, and the exporter, which is loaded while they are read. */
export async function* readRun({
  runs,
  loadExporter,
  run,
  checkpoint,
}: ReadRunOptions): AsyncGenerator<LoopEvent, { readonly trained: TrainedRun; readonly exporter: Exporter }> {
  yield { type: "progress", task: "reading weights", completed: 0, total: 1, unit: "checkpoint" };
  const [trained, exporter] = await Promise.all([runs.trainedRun({ run, checkpoint }), loadExporter()]);
  return { trained, exporter };
}
