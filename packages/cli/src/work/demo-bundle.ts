// The bundle that the page is to show: the one that was named, or the run's, which is exported where there is none.
import { join } from "node:path";
import type { TrainedModel } from "@fleuron/export/node";
import { type BundlePrecision, FleuronError, type Manifest, type WarningEvent } from "@fleuron/model";
import type { LoopEvent } from "@fleuron/training";
import { asLaunched } from "../command-line/launcher.js";
import type { Context } from "../context.js";
import { cliError } from "../errors.js";
import { shownPath } from "../paths.js";
import { coloursOf, writeLine } from "../terminal/output.js";
import { exportRun } from "./export-run.js";
import { differs, hasWeights } from "./run-of-bundle.js";
import { runOrLatest } from "./run-or-latest.js";

export interface DemoBundleOptions {
  /** Its folder. */
  readonly bundle?: string | undefined;
  /** Whose bundle, unless one is named. Default: the latest run. */
  readonly run?: string | undefined;
  /** Does not say that it exports. */
  readonly quiet: boolean;
  readonly signal: AbortSignal;
}

export interface DemoBundle {
  readonly folder: string;
  readonly manifest: Manifest;
  /** The run that it lay with, whose weights may have changed since. */
  readonly run?: string;
}

/** What the page prefers: half of float32's bytes to download, and what a compressed run was compressed for. */
const precisionsFor = ({ kernelBits }: TrainedModel): readonly BundlePrecision[] =>
  kernelBits === undefined ? ["float16"] : ["float16", "compact"];

/** @throws FleuronError of a bundle or run that is none; "model-missing" where the bundle that was named has no ONNX. */
export async function* demoBundle(
  context: Context,
  { bundle, run, quiet, signal }: DemoBundleOptions,
): AsyncGenerator<LoopEvent, DemoBundle> {
  const { openBundle } = await context.loadRuntime();
  if (bundle !== undefined) {
    const opened = await openBundle(bundle);
    if (runsInPage(opened)) return opened;
    throw cliError("model-missing", `${opened.folder} has no ONNX model, and the page runs no other.`, {
      subject: opened.folder,
      hint: "Add one: pnpm export --format onnx",
    });
  }
  const runs = await context.loadTrainedRuns();
  const folder = await runOrLatest(runs, run);
  const present = await openBundle(join(folder, "bundle")).catch(missing);
  if (present && runsInPage(present)) return { ...present, run: folder };
  const { bold } = coloursOf(context.stderr);
  const words = `${bold("Exporting")} ${shownPath(folder)} for the page: it has no ONNX model yet.`;
  const onRead = () => {
    if (!quiet) writeLine(context.stderr, words);
  };
  const what = { run: folder, checkpoint: "best", format: "onnx", precision: precisionsFor } as const;
  return yield* exportRun({ runs, loadExporter: context.loadExporter, ...what, onRead, signal });
}

/** Warns of a bundle that is older than its run's weights. Reads all of them: half a second that nobody should wait for. */
export async function* comparedWithRun(
  context: Context,
  { folder, manifest, run }: DemoBundle,
): AsyncGenerator<WarningEvent, void> {
  if (run === undefined) return;
  const [trainer, exporter] = await Promise.all([context.loadTrainedRuns(), context.loadExporter()]);
  if ((await hasWeights(run, { trainer, exporter, manifest })) !== false) return;
  const message = `${differs(run, folder)} ${asLaunched("pnpm export --force")} rewrites it.`;
  yield { type: "warning", code: "weights-differ", message };
}

const runsInPage = ({ manifest }: DemoBundle): boolean =>
  manifest.models.some(({ format }) => format === "onnx");

function missing(error: unknown): undefined {
  if (!(error instanceof FleuronError && error.code === "bundle-missing")) throw error;
}
