import { networkNames, networks, summarise } from "@fleuron/model";
import { newCommand } from "../command-line/new-command.js";
import { oneOf, positiveInteger, positiveNumber } from "../command-line/options.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { summaryLines } from "../views/summary.js";
import { answer } from "../work/result.js";

/** The table of a network's layers. */
export const summary = (context: Context) =>
  newCommand({
    name: "summary",
    description: "Lists the layers of a network with their shapes and parameters.",
    examples: [
      ["pnpm fleuron summary", "AlexNet for five classes"],
      ["pnpm fleuron summary --image-size 224", "for photos of 224×224"],
      ["pnpm fleuron summary --width 0.5 --classes 102", "half as wide, more classes"],
    ],
  })
    .option(
      "--network <name>",
      "the network",
      oneOf("--network", networkNames, "Networks"),
      "alexnet" as const,
    )
    .option("--width <factor>", "scales channels and units", positiveNumber("--width"), 1)
    .option("--image-size <pixels>", "height and width of the input", positiveInteger("--image-size"), 227)
    .option("--classes <n>", "number of classes", positiveInteger("--classes", 2), 5)
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(({ network, width, imageSize, classes, json = false }) => {
      const { rows, parameters, trainable } = summarise(networks[network]({ width, imageSize, classes }));
      const told = { network, width, imageSize, classes, parameters, trainable, layers: rows };
      answer(context, told, { json, lines: summaryLines });
    });
