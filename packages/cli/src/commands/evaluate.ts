import { classFigures } from "@fleuron/model";
import { loadClassifierOptions } from "@fleuron/runtime-node/options";
import type { EvaluationOfRun } from "@fleuron/trainer";
import { evaluateOptions } from "@fleuron/trainer/options";
import type { LoopEvent } from "@fleuron/training";
import type { TestTimeAugmentation } from "@fleuron/training/recipes";
import { withOptions } from "../command-line/library-options.js";
import { newCommand } from "../command-line/new-command.js";
import {
  bundleOption,
  checkPrecision,
  JSON_OPTION,
  RUN_OPTION,
  VERBOSE_OPTION,
} from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";
import type { Canvas } from "../terminal/canvas.js";
import { evaluationLines } from "../views/evaluation.js";
import { type BundleEvaluationOptions, bundleEvaluation } from "../work/bundle-evaluation.js";
import { answer, printJson, resultOf } from "../work/result.js";
import { runOrLatest } from "../work/run-or-latest.js";

/** Accuracy, loss and confusions of a run on its validation photos, or on others. */
export const evaluate = (context: Context) => {
  const command = newCommand({
    name: "evaluate",
    description: "Measures the accuracy of a run on photos that it was not trained on.",
    examples: [
      ["pnpm evaluate", "the latest run on its validation photos"],
      ["pnpm evaluate --run runs/first --checkpoint last", "another run, its last epoch"],
      ["pnpm evaluate --data other_photos", "on other photos, a folder per class"],
      ["pnpm evaluate --part test", "on the photos of test/, which the run has set aside"],
      ["pnpm evaluate --tta flip", "each photo and its mirror image, averaged"],
      ["pnpm evaluate --bundle public/flowers --precision int8", "an exported model"],
      ["pnpm evaluate --json", "one line of JSON"],
    ],
  })
    .option(...RUN_OPTION)
    .addOption(bundleOption("checkpoint", "part", "tta"));
  const ofRunOrBundle = withOptions(command, loadClassifierOptions);
  return withOptions(ofRunOrBundle, evaluateOptions)
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ json = false, ...options }) => {
      checkPrecision(options);
      using stop = interruptible(context);
      const work = evaluation(context, { ...options, signal: stop.signal });
      const result = await resultOf(work, context, { quiet: json });
      const { accuracy, loss, count, confusion, perClass, labels, tta, source, part, learntFrom } = result;
      const { temperature, reliability, rejection } = result;
      const shown = {
        ...{ accuracy, loss, count, confusion, perClass, labels, temperature, reliability, tta },
        ...(rejection && { rejection }),
        ...{ source, part, learntFrom },
      };
      const lines = (found: EvaluationOfRun, canvas: Canvas) => evaluationLines(found, canvas, options.data);
      if (json) printJson(context, { ...shown, perClass: perClassOf(result) });
      else answer(context, shown, { json, lines });
    });
};

interface EvaluateOptions extends BundleEvaluationOptions {
  readonly checkpoint?: "best" | "last" | undefined;
  readonly bundle?: string | undefined;
  readonly part?: "val" | "test" | undefined;
  readonly tta?: TestTimeAugmentation | undefined;
}

async function* evaluation(
  context: Context,
  { run, checkpoint, bundle, precision, data, part, tta, threads, signal }: EvaluateOptions,
): AsyncGenerator<LoopEvent, EvaluationOfRun> {
  if (bundle !== undefined) {
    return yield* bundleEvaluation(context, bundle, { run, precision, data, threads, signal });
  }
  const trainer = await context.loadTrainer();
  const folder = await runOrLatest(trainer, run);
  return yield* trainer.evaluate({ run: folder, data, part, checkpoint, tta, threads, signal });
}

/** JSON's null stands for a share of no photos. */
const perClassOf = (result: EvaluationOfRun) =>
  classFigures(result).map(({ precision = null, recall = null, f1 = null }, label) => ({
    ...result.perClass[label],
    ...{ precision, recall, f1 },
  }));
