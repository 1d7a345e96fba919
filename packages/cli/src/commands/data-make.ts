import { count as number } from "@fleuron/model";
import { newCommand } from "../command-line/new-command.js";
import { oneOf, positiveInteger, seed } from "../command-line/options.js";
import { JSON_OPTION, threadsOption, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";
import { shownPath } from "../paths.js";
import { answer, resultOf } from "../work/result.js";

/** Draws flowers into a folder that can be trained on. */
export const dataMake = (context: Context) =>
  newCommand({
    name: "make",
    description: "Draws pictures of five kinds of flowers, a folder per kind.",
    examples: [
      ["pnpm fleuron data make --out drawn", "2,000 pictures"],
      ["pnpm fleuron data make --out drawn --count 50000 --seed 1", "more, and others"],
    ],
  })
    .requiredOption("--out <dir>", "a folder that does not exist yet")
    .option("--count <n>", "pictures of all kinds together", positiveInteger("--count", 10), 2000)
    .option("--seed <n>", "another seed, other pictures", seed("--seed"), 0)
    .option("--format <name>", "jpeg or png", oneOf("--format", ["jpeg", "png"], "Formats"), "jpeg" as const)
    .option(...threadsOption("draw"))
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ json = false, out, count, seed, format, threads }) => {
      const trainer = await context.loadTrainer();
      using stop = interruptible(context);
      const work = trainer.makeDrawn({ folder: out, count, seed, format, threads, signal: stop.signal });
      const folder = await resultOf(work, context, { quiet: json });
      const lines = () => [`${number(count)} drawn flowers (no photos): ${shownPath(folder)}`];
      answer(context, { folder, count, seed }, { json, lines });
    });
