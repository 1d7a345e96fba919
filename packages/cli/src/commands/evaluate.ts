import { testTimeAugmentations } from "@fleuron/trainer";
import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";
import { oneOf, positiveInteger } from "../options.js";
import { coloursOf, widthOf, writeLine } from "../terminal/output.js";
import { evaluationLines } from "../views/evaluation.js";
import {
  JSON_OPTION,
  newCommand,
  printJson,
  RUN_HELP,
  resultOf,
  runOrLatest,
  VERBOSE_OPTION,
} from "./common.js";

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
      ["pnpm evaluate --json", "one line of JSON"],
    ],
  })
    .option("--run <dir>", RUN_HELP)
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
    .action(async ({ run, data, checkpoint, tta, threads, json = false }) => {
      const trainer = await context.loadTrainer();
      using stop = interruptible(context);
      const work = trainer.evaluate({
        run: await runOrLatest(trainer, run),
        data,
        checkpoint,
        tta,
        threads,
        signal: stop.signal,
      });
      const evaluation = await resultOf(work, context, { quiet: json });
      if (json) {
        const { accuracy, loss, count, confusion, perClass, labels, tta } = evaluation;
        printJson(context, { accuracy, loss, count, confusion, perClass, labels, tta });
        return;
      }
      const canvas = { colours: coloursOf(context.stdout), width: widthOf(context.stdout) };
      for (const line of evaluationLines(evaluation, canvas)) writeLine(context.stdout, line);
    });
