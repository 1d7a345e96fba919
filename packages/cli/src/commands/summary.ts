import { resolve } from "node:path";
import { type NetworkName, networks, summarise } from "@fleuron/model";
import { withDefaults } from "@fleuron/model/options";
import { trainOptions } from "@fleuron/trainer/options";
import { withOptions } from "../command-line/library-options.js";
import { newCommand } from "../command-line/new-command.js";
import { boundInputs, positiveInteger } from "../command-line/options.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { cliError } from "../errors.js";
import { summaryLines } from "../views/summary.js";
import { answer } from "../work/result.js";

const { network, width, imageSize } = trainOptions;
const options = { network, width, imageSize } as const;

const CLASSES = 5;

/** The table of a network's layers. */
export const summary = (context: Context) => {
  const command = newCommand({
    name: "summary",
    description: "Lists the layers of a network, or of an ONNX file, with their shapes and parameters.",
    examples: [
      ["pnpm fleuron summary", "AlexNet for five classes"],
      ["pnpm fleuron summary --image-size 224", "for photos of 224×224"],
      ["pnpm fleuron summary --width 0.5 --classes 102", "half as wide, more classes"],
      ["pnpm fleuron summary model.onnx", "the network in an ONNX file"],
      ["pnpm fleuron summary --run runs/first", "the network of a run"],
    ],
  })
    .argument("[model]", "an ONNX file, in place of a network of the table")
    .option("--run <dir>", "a run's folder, in place of a network of the table")
    .option("--input <binding>", "name=value of a file's input that is no image", boundInputs("--input"));
  return withOptions(command, options)
    .option("--classes <n>", `number of classes (default: ${CLASSES})`, positiveInteger("--classes", 2))
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async (model, { classes, run, input, json = false, verbose: _, ...given }) => {
      const { imageSize: side, ...ofTable } = given;
      if (run !== undefined) {
        requireUnused({ model, ...ofTable, "image-size": side, classes, input }, "run");
        const trainer = await context.loadTrainer();
        const folder = await trainer.runNamed(run);
        const { rows, ...found } = await trainer.summariseRun({ run: folder });
        answer(context, { run: resolve(folder), ...found, layers: rows }, { json, lines: summaryLines });
        return;
      }
      const file = model ?? (given.network?.endsWith(".onnx") ? given.network : undefined);
      if (file !== undefined) {
        requireUnused({ ...ofTable, network: model && given.network, classes }, "file");
        const { summariseFile } = await context.loadExporter();
        const imageSize = side?.toString();
        const { rows, ...found } = await summariseFile({ file, imageSize, inputs: input });
        answer(context, { file, ...found, layers: rows }, { json, lines: summaryLines });
        return;
      }
      requireUnused({ input }, "table");
      const { network, width, imageSize } = withDefaults(options, given);
      const size = { width, imageSize, classes: classes ?? CLASSES };
      const { rows, parameters, trainable } = summarise(networks[network as NetworkName](size));
      const shown = { network, ...size, parameters, trainable, layers: rows };
      answer(context, shown, { json, lines: summaryLines });
    });
};

/** Whose network it is, and why it has no room for more. */
const owners = {
  run: "a run has its own network, of its own classes",
  file: "a file has its own network, of its own classes",
  table: "a network of the table has no input but the image",
} as const;

/** @throws FleuronError `option-conflict` that names the first option of those that were given. */
function requireUnused(given: Readonly<Record<string, unknown>>, owner: keyof typeof owners): void {
  const [name] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (name === undefined) return;
  const said = name === "model" ? "A file" : `'--${name}'`;
  throw cliError("option-conflict", `${said} cannot be heeded: ${owners[owner]}.`, {
    subject: name,
    hint: "Leave it out.",
  });
}
