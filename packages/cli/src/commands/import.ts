import { writeBundleOptions } from "@fleuron/export/options";
import { withDefaults } from "@fleuron/model/options";
import { withOptions } from "../command-line/library-options.js";
import { newCommand } from "../command-line/new-command.js";
import { boundInputs } from "../command-line/options.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";
import { bundleLines } from "../views/bundle.js";
import { agreementLines } from "../views/source-agreement.js";
import { requireAgreement } from "../work/require-agreement.js";
import { answer, timedResultOf } from "../work/result.js";

const { format, precisions, singleFile, force } = writeBundleOptions;
const options = { format, precision: precisions, singleFile, force } as const;

/** Makes a bundle of a network that was trained elsewhere. */
export const importCommand = (context: Context) => {
  const command = newCommand({
    name: "import",
    description: "Makes a bundle of an image classifier that is an ONNX file, and compares both.",
    examples: [
      ["pnpm fleuron import model.onnx --out flowers", "what is beside or in the file says how"],
      ["pnpm fleuron import model.onnx --out flowers --labels labels.txt", "one label a line"],
      [
        "pnpm fleuron import model.onnx --out flowers --preprocessing imagenet --resize 256",
        "how photos go in",
      ],
      [
        "pnpm fleuron import model.onnx --out flowers --image-size 224",
        "where the file leaves the size open",
      ],
      ["pnpm fleuron import model.onnx --out flowers --precision float32,int8", "also a quarter of the size"],
    ],
  })
    .argument("<model>", "an ONNX file")
    .requiredOption("--out <dir>", "the bundle's folder")
    .option("--labels <file>", "labels: one a line, a JSON list, or a config.json with id2label")
    .option("--preprocessing <words>", "what levels become: imagenet, 0..1, -1..1 or mean=…,std=…")
    .option("--channels <order>", "rgb or bgr")
    .option("--image-size <size>", "a side, or height x width, such as 224 or 48x192")
    .option("--resize <how>", "pixels of the shorter side, squash, pad or pad-right-bottom")
    .option("--input <binding>", "name=value of an input that is no image", boundInputs("--input"));
  return withOptions(command, options)
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async (file, { out, input, json = false, verbose: _, ...given }) => {
      const { format, precision, singleFile, force, ...choice } = given;
      const what = withDefaults(options, { format, precision, singleFile, force });
      const exporter = await context.loadExporter();
      using stop = interruptible(context);
      const work = exporter.importBundle({
        ...{ file, folder: out, inputs: input, signal: stop.signal },
        ...{ format: what.format, precisions: what.precision },
        ...{ singleFile: what.singleFile, force: what.force },
        ...choice,
      });
      const { result: bundle, seconds } = await timedResultOf(work, context, { quiet: json });
      const { agreement } = bundle;
      answer(context, bundle, {
        json,
        lines: (done, canvas) => [
          ...bundleLines(done, { did: "Imported", seconds }, canvas),
          ...["", ...agreementLines(done.agreement, canvas)],
        ],
      });
      if (agreement) requireAgreement(agreement);
    });
};
