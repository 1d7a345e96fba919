import type { Context } from "../context.js";
import { coloursOf, widthOf, writeLine } from "../terminal/output.js";
import { engineLines } from "../views/diagnosis.js";
import { JSON_OPTION, newCommand, printJson, resultOf, VERBOSE_OPTION } from "./common.js";

/** Which engines there are, and whether they work here: looked at, not tried. */
export const engineList = (context: Context) =>
  newCommand({
    name: "list",
    description: "Lists the engines, and what each that does not work lacks.",
    examples: [
      ["pnpm fleuron engine list", "a line per engine"],
      ["pnpm fleuron doctor", "looks at the machine too, and measures"],
    ],
  })
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ json = false }) => {
      const trainer = await context.loadTrainer();
      const { engines } = await resultOf(trainer.diagnose({ measure: false }), context, { quiet: true });
      if (json) {
        printJson(context, engines);
        return;
      }
      const canvas = { colours: coloursOf(context.stdout), width: widthOf(context.stdout) };
      for (const line of engineLines(engines, canvas)) writeLine(context.stdout, line);
    });
