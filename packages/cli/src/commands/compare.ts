import { stat } from "node:fs/promises";
import { join } from "node:path";
import { newCommand } from "../command-line/new-command.js";
import { pageFile } from "../command-line/options.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context, Trainer } from "../context.js";
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
    .option("--out <file>", "the page (default: compare.html beside the first run)", pageFile("--out"))
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async (runs, { out = join(runs[0]!, "..", "compare.html"), json = false }) => {
      const trainer = await context.loadTrainer();
      const comparison = await trainer.compare({ runs: await foldersAmong(trainer, runs), out });
      answer(context, comparison, { json, lines: comparisonLines });
    });

/** What a shell makes of `runs/*`: folders, `latest`, and pages of earlier comparisons, which are passed over. */
async function foldersAmong(
  trainer: Pick<Trainer, "runNamed">,
  paths: readonly string[],
): Promise<readonly string[]> {
  const runs = await Promise.all(paths.map((path) => trainer.runNamed(path)));
  const isFile = await Promise.all(
    runs.map((run) =>
      stat(run).then(
        (found) => found.isFile(),
        () => false,
      ),
    ),
  );
  const folders = runs.filter((_, index) => !isFile[index]);
  return folders.length > 0 ? folders : runs;
}
