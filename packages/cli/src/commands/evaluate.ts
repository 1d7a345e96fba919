import { type LoopEvent, type TestTimeAugmentation, testTimeAugmentations } from "@fleuron/trainer";
import type { EvaluationOfRun } from "@fleuron/trainer/node";
import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";
import { oneOf, positiveInteger } from "../options.js";
import { coloursOf, widthOf, writeLine } from "../terminal/output.js";
import { evaluationLines } from "../views/evaluation.js";
import { type BundleEvaluationOptions, bundleEvaluation } from "./bundle-evaluation.js";
import {
  bundleOptions,
  JSON_OPTION,
  newCommand,
  printJson,
  RUN_HELP,
  resultOf,
  runOrLatest,
  VERBOSE_OPTION,
} from "./common.js";

const [bundle, precision] = bundleOptions(["run", "checkpoint", "tta"]);

/** Accuracy, loss and confusions of a run on its validation photos, or on others. */
export const evaluate = (context: Context) =>
  newCommand({
    name: "evaluate",
    description: "How well a run names photos that it did not learn from.",
    examples: [
      ["pnpm evaluate", "the latest run on the photos it held out"],
      ["pnpm evaluate --run runs/first --checkpoint last", "another run, as it ended"],
      ["pnpm evaluate --data other_photos", "on other photos, a folder per class"],
      ["pnpm evaluate --tta flip", "each photo and its mirror image, averaged"],
      ["pnpm evaluate --bundle public/flowers --precision int8", "a model that was exported"],
      ["pnpm evaluate --json", "one line of JSON"],
    ],
  })
    .option("--run <dir>", RUN_HELP)
    .addOption(bundle)
    .addOption(precision)
    .option("--data <dir>", "photos, a folder per class (default: the run's validation photos)")
    .option(
      "--checkpoint <which>",
      "best or last",
      oneOf("--checkpoint", ["best", "last"], "Checkpoints"),
      "best" as const,
    )
    .option(
      "--tta <views>",
      "views of a photo that are averaged: none, flip or ten-crop (default: the recipe's)",
      oneOf("--tta", testTimeAugmentations, "Views"),
    )
    .option("--threads <n>", "threads that compute (default: one per core)", positiveInteger("--threads"))
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ json = false, ...options }) => {
      using stop = interruptible(context);
      const work = evaluation(context, { ...options, signal: stop.signal });
      const result = await resultOf(work, context, { quiet: json });
      if (json) {
        const { accuracy, loss, count, confusion, perClass, labels, tta } = result;
        printJson(context, { accuracy, loss, count, confusion, perClass, labels, tta });
        return;
      }
      const canvas = { colours: coloursOf(context.stdout), width: widthOf(context.stdout) };
      for (const line of evaluationLines(result, canvas)) writeLine(context.stdout, line);
    });

interface EvaluateOptions extends BundleEvaluationOptions {
  readonly run?: string | undefined;
  readonly checkpoint: "best" | "last";
  readonly bundle?: string | undefined;
  readonly tta?: TestTimeAugmentation | undefined;
}

async function* evaluation(
  context: Context,
  { run, checkpoint, bundle, precision, data, tta, threads, signal }: EvaluateOptions,
): AsyncGenerator<LoopEvent, EvaluationOfRun> {
  if (bundle !== undefined) {
    return yield* bundleEvaluation(context, bundle, { precision, data, threads, signal });
  }
  const trainer = await context.loadTrainer();
  const folder = await runOrLatest(trainer, run);
  return yield* trainer.evaluate({ run: folder, data, checkpoint, tta, threads, signal });
}
