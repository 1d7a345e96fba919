import { writeBundleOptions } from "@fleuron/export/options";
import { bundleFormats } from "@fleuron/model";
import { oneOf, withDefaults } from "@fleuron/model/options";
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
import { exportRun } from "../work/export-run.js";
import { exportTransformers } from "../work/export-transformers.js";
import { answer, resultOf } from "../work/result.js";
import { runOrLatest } from "../work/run-or-latest.js";
import { showVerification } from "../work/show-verification.js";
import { verification } from "../work/verification.js";

const { precisions, singleFile, force } = writeBundleOptions;
/** A bundle's formats, and the one that is no bundle's. */
const format = {
  ...writeBundleOptions.format,
  takes: oneOf([...bundleFormats, "transformers", "all"], "Formats"),
  help: `${bundleFormats.join(", ")} or all; or transformers, a folder for transformers.js`,
} as const;
const options = {
  checkpoint: trainedRunOptions.checkpoint,
  ...{ format, precision: precisions, singleFile, force },
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
      const { checkpoint, format, ...what } = withDefaults(options, given);
      if (format === "transformers" && out === undefined) throw placeMissing();
      if (format === "transformers" && (what.force || data !== undefined)) throw bundlesAlone(data);
      const [trainer, exporter] = await Promise.all([context.loadTrainer(), context.loadExporter()]);
      if (!verify && data !== undefined) throw unheededData();
      using stop = interruptible(context);
      const { signal } = stop;
      const folder = await runOrLatest(trainer, run);
      const began = context.now();
      if (format === "transformers") {
        const { precision } = what;
        const asked = { trainer, exporter, run: folder, checkpoint, out: out!, precision, signal };
        const files = await resultOf(exportTransformers(asked), context, { quiet: json });
        const seconds = (context.now() - began) / 1000;
        answer(context, files, {
          json,
          lines: (done, canvas) => transformersLines(done, { seconds }, canvas),
        });
        return;
      }
      const work = exportRun({ trainer, exporter, run: folder, checkpoint, format, out, ...what, signal });
      const bundle = await resultOf(work, context, { quiet: json });
      const seconds = (context.now() - began) / 1000;
      answer(context, bundle, {
        json,
        lines: (done, canvas) => bundleLines(done, { did: "Exported", seconds }, canvas),
      });
      if (!verify) return;
      const { labels } = bundle.manifest;
      const models = bundle.written;
      const comparing = verification({
        ...{ trainer, exporter, labels, models, checkpoint, data, signal },
        run: folder,
        bundle: bundle.folder,
      });
      const result = await resultOf(comparing, context, { quiet: json });
      if (!json) writeLine(context.stdout);
      showVerification(context, result, { json, data });
    });
};

const unheededData = () =>
  cliError(
    "option-conflict",
    "'--data' chooses the photos to compare on, and '--no-verify' turns the comparison off.",
    {
      subject: "data",
      hint: "Leave one of them out.",
    },
  );

const placeMissing = () =>
  cliError("option-missing", "'--format transformers' writes no bundle, and needs a folder of its own.", {
    subject: "out",
    hint: "Name one that is not there yet with '--out'.",
  });

/** What is refused where no bundle is written: none is replaced, and its files are not compared. */
const bundlesAlone = (data: string | undefined) => {
  const option = data === undefined ? "force" : "data";
  return cliError(
    "option-conflict",
    `'--${option}' is for bundles, and '--format transformers' writes none.`,
    {
      subject: option,
      hint: "Leave it out.",
    },
  );
};
