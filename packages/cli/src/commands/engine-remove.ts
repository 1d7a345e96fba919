import type { Context } from "../context.js";
import { writeLine } from "../terminal/output.js";
import { JSON_OPTION, newCommand, printJson, VERBOSE_OPTION } from "./common.js";

/** Deletes an installed engine. */
export const engineRemove = (context: Context) =>
  newCommand({
    name: "remove",
    description: "Deletes an installed engine.",
    examples: [["pnpm fleuron engine remove tfjs-node", "frees more than a gigabyte"]],
  })
    .argument("<name>", "tfjs-node")
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async (name, { json = false }) => {
      const trainer = await context.loadTrainer();
      const folder = await trainer.removeEngine({ name });
      if (json) printJson(context, { folder });
      else writeLine(context.stdout, `removed ${name}: ${folder}`);
    });
