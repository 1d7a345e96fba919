import { newCommand } from "../command-line/new-command.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { engineLines } from "../views/diagnosis.js";
import { answer, resultOf } from "../work/result.js";

/** Which engines there are, and whether they work here: looked at, not tried. */
export const engineList = (context: Context) =>
  newCommand({
    name: "list",
    description: "Lists the engines, and what is missing where one does not work.",
    examples: [
      ["pnpm fleuron engine list", "a line per engine"],
      ["pnpm fleuron doctor", "checks the machine too, and measures speed"],
    ],
  })
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ json = false }) => {
      const trainer = await context.loadTrainer();
      const { engines } = await resultOf(trainer.diagnose({ measure: false }), context, { quiet: true });
      answer(context, engines, { json, lines: engineLines });
    });
