import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";
import { positiveInteger } from "../options.js";
import { shownPath } from "../paths.js";
import { writeLine } from "../terminal/output.js";
import {
  JSON_OPTION,
  newCommand,
  printJson,
  RUN_HELP,
  resultOf,
  runOrLatest,
  VERBOSE_OPTION,
} from "./common.js";

/** Writes a run's page again, such as that of a run which was killed. */
export const report = (context: Context) =>
  newCommand({
    name: "report",
    description: "Writes the report of a run again, a page to open in a browser.",
    examples: [
      ["pnpm fleuron report", "of the latest run"],
      ["pnpm fleuron report --run runs/first", "of another run"],
    ],
  })
    .option("--run <dir>", RUN_HELP)
    .option("--threads <n>", "threads that compute (default: one per core)", positiveInteger("--threads"))
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ run, threads, json = false }) => {
      const trainer = await context.loadTrainer();
      using stop = interruptible(context);
      const work = trainer.report({ run: await runOrLatest(trainer, run), threads, signal: stop.signal });
      const { file } = await resultOf(work, context, { quiet: json });
      if (json) printJson(context, { file });
      else writeLine(context.stdout, shownPath(file));
    });
