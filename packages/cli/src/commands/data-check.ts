import { checkDatasetOptions } from "@fleuron/trainer/options";
import { withOptions } from "../command-line/library-options.js";
import { newCommand } from "../command-line/new-command.js";
import { pageFile } from "../command-line/options.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";
import { shownPath } from "../paths.js";
import { datasetLines } from "../views/dataset.js";
import { answer, resultOf } from "../work/result.js";

/** What is wrong with photos. Whatever it finds, it succeeds: a finding is its result. */
export const dataCheck = (context: Context) => {
  const { tinyBelow, ...others } = checkDatasetOptions;
  const command = newCommand({
    name: "check",
    description: "Checks for unreadable, duplicate and tiny photos, and for imbalanced classes.",
    examples: [
      ["pnpm fleuron data check photos", "as text"],
      ["pnpm fleuron data check photos --out photos.html", "as a page of thumbnails, too"],
      ["pnpm fleuron data check photos --json", "one line of JSON"],
    ],
  })
    .argument("<dir>", "photos: a folder per class, or train/ and val/ with such folders")
    .option("--out <file>", "write a page of thumbnails, replaced if it is there", pageFile("--out"));
  return withOptions(command, { tiny: tinyBelow, ...others })
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async (folder, { json = false, out, tiny, validationSplit, splitSeed, threads }) => {
      const trainer = await context.loadTrainer();
      using stop = interruptible(context);
      const work = trainer.checkDataset({
        folder,
        tinyBelow: tiny,
        validationSplit,
        splitSeed,
        threads,
        signal: stop.signal,
      });
      const report = await resultOf(work, context, { quiet: json });
      if (out !== undefined) await trainer.writeCheckPage(report, out);
      const page = out === undefined ? [] : ["", `page: ${shownPath(out)}`];
      answer(context, report, { json, lines: (found, canvas) => [...datasetLines(found, canvas), ...page] });
    });
};
