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
    .option("--classes <n>", "number of classes (default: 5)", positiveInteger("--classes", 2))
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async (model, { classes = 5, run, input, json = false, verbose: _, ...given }) => {
      if (run !== undefined) {
        if (model ?? given.network ?? given.width ?? given.imageSize) throw unheeded("run");
        const trainer = await context.loadTrainer();
        const folder = await trainer.runNamed(run);
        const { rows, ...found } = await trainer.summariseRun({ run: folder });
        answer(context, { run: folder, ...found, layers: rows }, { json, lines: summaryLines });
        return;
      }
      const file = model ?? (given.network?.endsWith(".onnx") ? given.network : undefined);
      if (file !== undefined) {
        if ((model && given.network) ?? given.width) throw unheeded("file");
        const { summariseFile } = await context.loadExporter();
        const imageSize = given.imageSize?.toString();
        const { rows, ...found } = await summariseFile({ file, imageSize, inputs: input });
        answer(context, { file, ...found, layers: rows }, { json, lines: summaryLines });
        return;
      }
      const { network, width, imageSize } = withDefaults(options, given);
      const { rows, parameters, trainable } = summarise(
        networks[network as NetworkName]({ width, imageSize, classes }),
      );
      const shown = { network, width, imageSize, classes, parameters, trainable, layers: rows };
      answer(context, shown, { json, lines: summaryLines });
    });
};

const unheeded = (what: "file" | "run") =>
  cliError("option-conflict", `'--network' and '--width' make a network, and the ${what} has its own.`, {
    subject: "network",
    hint: `Leave them out, or the ${what}.`,
  });
