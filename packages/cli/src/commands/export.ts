import { join } from "node:path";
import { Option } from "@commander-js/extra-typings";
import { bundleFormats, bundlePrecisions } from "@fleuron/model";
import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";
import { listOf, oneOf } from "../options.js";
import { coloursOf, writeLine } from "../terminal/output.js";
import { bundleLines } from "../views/bundle.js";
import {
  JSON_OPTION,
  newCommand,
  printJson,
  RUN_HELP,
  resultOf,
  runOrLatest,
  VERBOSE_OPTION,
} from "./common.js";

/** Writes what a run has trained as files that other programs load. */
export const exportCommand = (context: Context) =>
  newCommand({
    name: "export",
    description: "Writes what a run has trained as a bundle: ONNX and tfjs files that other programs load.",
    examples: [
      ["pnpm export", "the latest run as ONNX, into its folder bundle/"],
      ["pnpm export --precision float32,int8", "also four times smaller"],
      ["pnpm export --format all --precision float32,float16,int8,int4", "everything that there is"],
      ["pnpm export --run runs/first --out public/flowers", "another run, to where a page finds it"],
    ],
  })
    .option("--run <dir>", RUN_HELP)
    .option(
      "--checkpoint <which>",
      "best or last",
      oneOf("--checkpoint", ["best", "last"], "Checkpoints"),
      "best" as const,
    )
    .option(
      "--format <name>",
      `${bundleFormats.join(", ")} or all`,
      oneOf("--format", [...bundleFormats, "all"], "Formats"),
      "onnx" as const,
    )
    .addOption(
      new Option("--precision <list>", `of the weights, with commas between: ${bundlePrecisions.join(", ")}`)
        .argParser(listOf("--precision", bundlePrecisions, "Precisions"))
        .default(["float32"] as const, "float32"),
    )
    .option("--out <dir>", "the bundle's folder (default: bundle/ in the run's folder)")
    .option("--force", "replace whatever is in that folder")
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ run, checkpoint, format, precision, out, force = false, json = false }) => {
      const [trainer, exporter] = await Promise.all([context.loadTrainer(), context.loadExporter()]);
      using stop = interruptible(context);
      const trained = await trainer.trainedRun({ run: await runOrLatest(trainer, run), checkpoint });
      const { folder, training, ...model } = trained;
      const work = exporter.writeBundle({
        model: { ...model, temperature: 1 },
        training,
        format,
        precisions: precision,
        folder: out ?? join(folder, "bundle"),
        force,
        keep: [folder],
        signal: stop.signal,
      });
      const bundle = await resultOf(work, context, { quiet: json });
      if (json) printJson(context, bundle);
      else for (const line of bundleLines(bundle, coloursOf(context.stdout))) writeLine(context.stdout, line);
    });
