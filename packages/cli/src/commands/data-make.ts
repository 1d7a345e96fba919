import { count as number } from "@fleuron/model";
import { withDefaults } from "@fleuron/model/options";
import { makeDrawnOptions } from "@fleuron/trainer/options";
import { withOptions } from "../command-line/library-options.js";
import { newCommand } from "../command-line/new-command.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";
import { shownPath } from "../paths.js";
import { answer, resultOf } from "../work/result.js";

const { folder: _folder, ...options } = makeDrawnOptions;

/** Draws flowers into a folder that can be trained on. */
export const dataMake = (context: Context) => {
  const command = newCommand({
    name: "make",
    description: "Draws pictures of five kinds of flowers, a folder per kind.",
    examples: [
      ["pnpm fleuron data make --out drawn", "2,000 pictures"],
      ["pnpm fleuron data make --out drawn --count 50000 --seed 1", "more, and others"],
    ],
  }).requiredOption("--out <dir>", "a folder that does not exist yet");
  return withOptions(command, options)
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ json = false, verbose: _, out, ...given }) => {
      const what = withDefaults(options, given);
      const { count, seed } = what;
      const trainer = await context.loadTrainer();
      using stop = interruptible(context);
      const work = trainer.makeDrawn({ ...what, folder: out, signal: stop.signal });
      const folder = await resultOf(work, context, { quiet: json });
      const lines = () => [`${number(count)} drawn flowers (not photos): ${shownPath(folder)}`];
      answer(context, { folder, count, seed }, { json, lines });
    });
};
