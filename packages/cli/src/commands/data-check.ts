import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";
import { positiveInteger, seed, share } from "../options.js";
import { shownPath } from "../paths.js";
import { coloursOf, widthOf, writeLine } from "../terminal/output.js";
import { datasetLines } from "../views/dataset.js";
import { JSON_OPTION, newCommand, printJson, resultOf, VERBOSE_OPTION } from "./common.js";

/** What is wrong with photos. Whatever it finds, it succeeds: a finding is its result. */
export const dataCheck = (context: Context) =>
  newCommand({
    name: "check",
    description: "Looks for unreadable, repeated and tiny photos, and for classes of unequal size.",
    examples: [
      ["pnpm fleuron data check photos", "in words"],
      ["pnpm fleuron data check photos --out photos.html", "as a page of thumbnails, too"],
      ["pnpm fleuron data check photos --json", "one line of JSON"],
    ],
  })
    .argument("<dir>", "photos: a folder per class, or train/ and val/ with such folders")
    .option("--out <file>", "write a page of thumbnails, replaced if it is there")
    .option("--tiny <pixels>", "list photos whose shorter side is below", positiveInteger("--tiny"), 100)
    .option("--validation-split <share>", "as for train", share("--validation-split"), 0.2)
    .option("--split-seed <n>", "as for train", seed("--split-seed"), 0)
    .option("--threads <n>", "threads that decode (default: one per core)", positiveInteger("--threads"))
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
      if (json) {
        printJson(context, report);
        return;
      }
      const canvas = { colours: coloursOf(context.stdout), width: widthOf(context.stdout) };
      for (const line of datasetLines(report, canvas)) writeLine(context.stdout, line);
      if (out !== undefined) writeLine(context.stdout, `\npage: ${shownPath(out)}`);
    });
