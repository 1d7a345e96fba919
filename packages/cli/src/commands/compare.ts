import { dirname, join } from "node:path";
import { newCommand } from "../command-line/new-command.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { comparisonLines } from "../views/comparison.js";
import { answer } from "../work/result.js";

/** The curves, figures and differing settings of runs. */
export const compare = (context: Context) =>
  newCommand({
    name: "compare",
    description: "Compares runs: their curves as a page, their figures and settings here.",
    examples: [
      ["pnpm fleuron compare runs/first runs/second", "writes runs/compare.html"],
      ["pnpm fleuron compare runs/* --out all.html", "all runs, the page elsewhere"],
      ["pnpm fleuron compare runs/first runs/second --json", "one line of JSON, with each epoch's figures"],
    ],
  })
    .argument("<run...>", "folders of runs")
    .option("--out <file>", "the page (default: compare.html beside the first run)")
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async (runs, { out = join(dirname(runs[0]!), "compare.html"), json = false }) => {
      const trainer = await context.loadTrainer();
      const comparison = await trainer.compare({ runs, out });
      answer(context, comparison, { json, lines: comparisonLines });
    });
