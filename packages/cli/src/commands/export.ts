import { writeBundleOptions } from "@fleuron/export/options";
import { withDefaults } from "@fleuron/model/options";
import { evaluateOptions, trainedRunOptions } from "@fleuron/trainer/options";
import { withOptions } from "../command-line/library-options.js";
import { newCommand } from "../command-line/new-command.js";
import { JSON_OPTION, RUN_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { cliError } from "../errors.js";
import { interruptible } from "../interruption.js";
import { writeLine } from "../terminal/output.js";
import { bundleLines } from "../views/bundle.js";
import { exportRun } from "../work/export-run.js";
import { answer, resultOf } from "../work/result.js";
import { runOrLatest } from "../work/run-or-latest.js";
import { showVerification } from "../work/show-verification.js";
import { verification } from "../work/verification.js";

const { format, precisions, singleFile, force } = writeBundleOptions;
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
    ],
  }).option(...RUN_OPTION);
  const writing = withOptions(command, options)
    .option("--out <dir>", "the bundle's folder (default: bundle/ in the run's folder)")
    .option("--no-verify", "do not compare the exported models with the trained weights");
  return withOptions(writing, { data: evaluateOptions.data }, { data: ", to compare on" })
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ run, verify, data, out, json = false, verbose: _, ...given }) => {
      const { checkpoint, ...what } = withDefaults(options, given);
      const [trainer, exporter] = await Promise.all([context.loadTrainer(), context.loadExporter()]);
      if (!verify && data !== undefined) throw unheededData();
      using stop = interruptible(context);
      const { signal } = stop;
      const folder = await runOrLatest(trainer, run);
      const began = context.now();
      const work = exportRun({ trainer, exporter, run: folder, checkpoint, out, ...what, signal });
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
