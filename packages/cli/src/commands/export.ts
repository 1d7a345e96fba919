import type { WrittenBundle } from "@fleuron/export/node";
import { writeBundleOptions } from "@fleuron/export/options";
import { bundleFormats } from "@fleuron/model";
import { type OptionsOf, oneOf, withDefaults } from "@fleuron/model/options";
import { evaluateOptions, trainedRunOptions } from "@fleuron/trainer/options";
import { withOptions } from "../command-line/library-options.js";
import { newCommand } from "../command-line/new-command.js";
import { JSON_OPTION, RUN_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { cliError } from "../errors.js";
import { interruptible } from "../interruption.js";
import { writeLine } from "../terminal/output.js";
import { bundleLines } from "../views/bundle.js";
import { transformersLines } from "../views/transformers.js";
import { type ExportRunOptions, exportRun } from "../work/export-run.js";
import { type ExportTransformersOptions, exportTransformers } from "../work/export-transformers.js";
import { answer, resultOf, timedResultOf } from "../work/result.js";
import { runOrLatest } from "../work/run-or-latest.js";
import { showVerification } from "../work/show-verification.js";
import { verification } from "../work/verification.js";

const { precisions, singleFile, input, force } = writeBundleOptions;
/** A bundle's formats, and the one that is no bundle's. */
const format = {
  ...writeBundleOptions.format,
  takes: oneOf([...bundleFormats, "transformers", "all"], "Formats"),
  help: `${bundleFormats.join(", ")} or all; or transformers, a folder for transformers.js`,
} as const;
const options = {
  checkpoint: trainedRunOptions.checkpoint,
  ...{ format, precision: precisions, singleFile, input, force },
} as const;

/** Writes what a run has trained as files that other programs load. */
export const exportCommand = (context: Context) => {
  const command = newCommand({
    name: "export",
    description: "Exports a run as a bundle: ONNX and TensorFlow.js files that other programs load.",
    examples: [
      ["pnpm export", "the latest run as ONNX, into its folder bundle/"],
      ["pnpm export --precision float32,int8", "also at a quarter of the size"],
      ["pnpm export --format all --precision float32,float16,int8,int4", "all formats and precisions"],
      ["pnpm export --run runs/first --out public/flowers", "another run, into a page's folder"],
      ["pnpm export --input bytes", "an ONNX file that takes pixels, and normalises them itself"],
      ["pnpm export --format transformers --out models/flowers", "for transformers.js"],
    ],
  }).option(...RUN_OPTION);
  const writing = withOptions(command, options)
    .option("--out <dir>", "the bundle's folder (default: bundle/ in the run's folder)")
    .option("--no-verify", "do not compare the exported models with the trained weights");
  return withOptions(writing, { data: evaluateOptions.data }, { data: ", to compare on" })
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ run, verify, data, out, json = false, verbose: _, ...given }) => {
      const { checkpoint, format, ...layout } = withDefaults(options, given);
      if (format === "transformers") requireFolderAlone({ ...given, verify, data, out });
      else if (!verify && data !== undefined) throw unheededData();
      const runs = await context.loadTrainedRuns();
      using stop = interruptible(context);
      const trained = { run: await runOrLatest(runs, run), checkpoint, signal: stop.signal };
      const asked = { runs, loadExporter: context.loadExporter, ...trained };
      if (format === "transformers") {
        await exportFolder(context, { ...asked, precision: layout.precision, out: out!, json });
        return;
      }
      // While the weights are read; where it fails, the later wait says so.
      if (verify) readyToCompare(context).catch(() => {});
      const { folder, manifest, written } = await exportBundle(context, {
        ...{ ...asked, ...layout, format, out, json },
      });
      if (!verify) return;
      const { labels } = manifest;
      const [trainer, exporter] = await Promise.all([context.loadTrainer(), context.loadExporter()]);
      const compared = { bundle: folder, labels, models: written, justWritten: true, data };
      const comparing = verification({ trainer, exporter, ...trained, ...compared });
      const result = await resultOf(comparing, context, { quiet: json });
      if (!json) writeLine(context.stdout);
      showVerification(context, result, { json, data });
    });
};

async function readyToCompare(context: Context): Promise<void> {
  await context.loadTrainer();
  const { prepare } = await context.loadRuntime();
  await prepare();
}

interface Shown {
  readonly json: boolean;
}

async function exportBundle(
  context: Context,
  { json, ...options }: ExportRunOptions & Shown,
): Promise<WrittenBundle> {
  const { result: bundle, seconds } = await timedResultOf(exportRun(options), context, { quiet: json });
  answer(context, bundle, {
    json,
    lines: (done, canvas) => bundleLines(done, { did: "Exported", seconds }, canvas),
  });
  return bundle;
}

async function exportFolder(
  context: Context,
  { json, ...options }: ExportTransformersOptions & Shown,
): Promise<void> {
  const work = exportTransformers(options);
  const { result: files, seconds } = await timedResultOf(work, context, { quiet: json });
  answer(context, files, { json, lines: (done, canvas) => transformersLines(done, { seconds }, canvas) });
}

const unheededData = () =>
  cliError(
    "option-conflict",
    "'--data' chooses the photos to compare on, and '--no-verify' turns the comparison off.",
    {
      subject: "data",
      hint: "Leave one of them out.",
    },
  );

interface GivenOptions extends OptionsOf<typeof options> {
  readonly verify: boolean;
  readonly data: string | undefined;
  readonly out: string | undefined;
}

/**
 * Refuses what a folder for transformers.js does not heed: it is written once, each model in one file, and not compared.
 * @throws FleuronError `option-missing` without a folder, `option-conflict`.
 */
function requireFolderAlone({ out, data, verify, singleFile, input, force }: GivenOptions): void {
  if (out === undefined) {
    throw cliError(
      "option-missing",
      "'--format transformers' writes no bundle, and needs a folder of its own.",
      { subject: "out", hint: "Name one that is not there yet with '--out'." },
    );
  }
  const ofBundles = {
    data,
    "no-verify": verify ? undefined : verify,
    "single-file": singleFile,
    input,
    force,
  };
  for (const [option, value] of Object.entries(ofBundles)) {
    if (value === undefined) continue;
    throw cliError(
      "option-conflict",
      `'--${option}' is for bundles, and '--format transformers' writes none.`,
      { subject: option, hint: "Leave it out." },
    );
  }
}
