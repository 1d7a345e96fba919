// The bundle that the page is to show: the one that was named, or the run's, which is exported where there is none.
import { join } from "node:path";
import { FleuronError, type Manifest } from "@fleuron/model";
import type { Context } from "../context.js";
import { cliError } from "../errors.js";
import { shownPath } from "../paths.js";
import { coloursOf, writeLine } from "../terminal/output.js";
import { exportRun } from "./export-run.js";
import { resultOf } from "./result.js";
import { differs, hasWeights } from "./run-of-bundle.js";
import { runOrLatest } from "./run-or-latest.js";

export interface DemoBundleOptions {
  /** Its folder. */
  readonly bundle?: string | undefined;
  /** Whose bundle, unless one is named. Default: the latest run. */
  readonly run?: string | undefined;
  /** Shows no progress. */
  readonly quiet: boolean;
  readonly signal: AbortSignal;
}

export interface DemoBundle {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** What the page prefers of any bundle: half of float32's bytes to download. */
const PRECISION = "float16";

/** @throws FleuronError of a bundle or run that is none; "model-missing" where the bundle that was named has no ONNX. */
export async function demoBundle(
  context: Context,
  { bundle, run, quiet, signal }: DemoBundleOptions,
): Promise<DemoBundle> {
  const { openBundle } = await context.loadRuntime();
  if (bundle !== undefined) {
    const opened = await openBundle(bundle);
    if (runsInPage(opened)) return opened;
    throw cliError("model-missing", `${opened.folder} has no ONNX model, and the page runs no other.`, {
      subject: opened.folder,
      hint: "Add one: pnpm export --format onnx",
    });
  }
  const trainer = await context.loadTrainer();
  const folder = await runOrLatest(trainer, run);
  const exporter = await context.loadExporter();
  const say = quiet ? () => undefined : (words: string) => writeLine(context.stderr, words);
  const { bold, warning } = coloursOf(context.stderr);
  const present = await openBundle(join(folder, "bundle")).catch(missing);
  if (present && runsInPage(present)) {
    const same = await hasWeights(folder, { trainer, exporter, manifest: present.manifest });
    if (same === false) {
      say(`${warning("warning:")} ${differs(folder, present.folder)} pnpm export --force writes it anew.`);
    }
    return present;
  }
  say(`${bold("Exporting")} ${shownPath(folder)} in ${PRECISION}: it has no ONNX model yet.`);
  const what = { run: folder, checkpoint: "best", format: "onnx", precision: [PRECISION] } as const;
  return resultOf(exportRun({ trainer, exporter, ...what, signal }), context, { quiet });
}

const runsInPage = ({ manifest }: DemoBundle): boolean =>
  manifest.models.some(({ format }) => format === "onnx");

function missing(error: unknown): undefined {
  if (!(error instanceof FleuronError && error.code === "bundle-missing")) throw error;
}
