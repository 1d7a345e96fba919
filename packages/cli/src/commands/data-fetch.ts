import { newCommand } from "../command-line/new-command.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";
import { answer, resultOf } from "../work/result.js";

/** Fetches the photos that `train` takes when it is given none. */
export const dataFetch = (context: Context) =>
  newCommand({
    name: "fetch",
    description: "Fetches 3,670 photos of flowers (229 MB) into the cache, unless they are there.",
    examples: [
      ["pnpm fleuron data fetch", "prints the folder of the photos"],
      ["FLEURON_CACHE=/mnt/cache pnpm fleuron data fetch", "into another cache"],
    ],
  })
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ json = false }) => {
      const trainer = await context.loadTrainer();
      using stop = interruptible(context);
      const folder = await resultOf(trainer.fetchFlowers({ signal: stop.signal }), context, { quiet: json });
      answer(context, { folder }, { json, lines: () => [folder] });
    });
