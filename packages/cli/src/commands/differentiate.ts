import { Option } from "@commander-js/extra-typings";
import { counted } from "@fleuron/model";
import { newCommand } from "../command-line/new-command.js";
import { boundInputs } from "../command-line/options.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { shownPath } from "../paths.js";
import { wrapWords } from "../terminal/wrap.js";
import { answer } from "../work/result.js";

/** Writes the training step of a network that another program then trains. */
export const differentiate = (context: Context) =>
  newCommand({
    name: "differentiate",
    description: "Writes the loss and the gradients of an ONNX classifier as ONNX.",
    examples: [
      ["pnpm fleuron differentiate model.onnx --out step.onnx", "and its weights: step.safetensors"],
      ["pnpm fleuron differentiate model.onnx --out step.onnx --image-size 224", "where the size is open"],
      [
        "pnpm fleuron differentiate model.onnx --out step.onnx --trainable head --optimiser adam",
        "the update of its last layer",
      ],
    ],
  })
    .argument("<model>", "an ONNX file")
    .requiredOption("--out <file>", "the step; its weights go beside it as .safetensors")
    .option("--image-size <size>", "a side, or height x width, such as 224 or 48x192")
    .option("--input <binding>", "name=value of an input that is no image", boundInputs("--input"))
    .option(
      "--trainable <part>",
      "what learns: all, head, last:N, or names of weights with commas (default: all)",
    )
    .addOption(
      new Option("--optimiser <name>", "update the weights in the step").choices(["sgd", "adam"] as const),
    )
    .option("--force", "replace files that are there")
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async (file, { out, input, json = false, verbose: _, ...choice }) => {
      const { writeTrainingStep } = await context.loadExporter();
      const written = await writeTrainingStep({ file, out, inputs: input, ...choice });
      answer(context, written, {
        json,
        lines: ({ step, weights, trainable }, { width }) => [
          ...wrapWords(
            `A step ${choice.optimiser ? "that updates" : "with the gradients of"} ${counted(trainable.length, "weight")}:`,
            width,
          ),
          shownPath(step),
          shownPath(weights),
        ],
      });
    });
