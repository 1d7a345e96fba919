import { newCommand } from "../command-line/new-command.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { answer } from "../work/result.js";

/** Deletes an installed engine. */
export const engineRemove = (context: Context) =>
  newCommand({
    name: "remove",
    description: "Deletes an installed engine.",
    examples: [["pnpm fleuron engine remove tfjs-node", "frees more than a gigabyte"]],
  })
    .argument("<name>", "tfjs-node, tfjs-node-gpu, onnx-cuda or webgpu")
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async (name, { json = false }) => {
      const trainer = await context.loadTrainer();
      const folder = await trainer.removeEngine({ name });
      answer(context, { folder }, { json, lines: () => [`removed ${name}: ${folder}`] });
    });
