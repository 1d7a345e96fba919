import { networks, summarise } from "@fleuron/model";
import { withDefaults } from "@fleuron/model/options";
import { trainOptions } from "@fleuron/trainer/options";
import { withOptions } from "../command-line/library-options.js";
import { newCommand } from "../command-line/new-command.js";
import { positiveInteger } from "../command-line/options.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { summaryLines } from "../views/summary.js";
import { answer } from "../work/result.js";

const { network, width, imageSize } = trainOptions;
const options = { network, width, imageSize } as const;

/** The table of a network's layers. */
export const summary = (context: Context) => {
  const command = newCommand({
    name: "summary",
    description: "Lists the layers of a network with their shapes and parameters.",
    examples: [
      ["pnpm fleuron summary", "AlexNet for five classes"],
      ["pnpm fleuron summary --image-size 224", "for photos of 224×224"],
      ["pnpm fleuron summary --width 0.5 --classes 102", "half as wide, more classes"],
    ],
  });
  return withOptions(command, options)
    .option("--classes <n>", "number of classes", positiveInteger("--classes", 2), 5)
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(({ classes, json = false, verbose: _, ...given }) => {
      const { network, width, imageSize } = withDefaults(options, given);
      const { rows, parameters, trainable } = summarise(networks[network]({ width, imageSize, classes }));
      const shown = { network, width, imageSize, classes, parameters, trainable, layers: rows };
      answer(context, shown, { json, lines: summaryLines });
    });
};
