import { join } from "node:path";
import { Option } from "@commander-js/extra-typings";
import { verifyBundleOptions } from "@fleuron/export/options";
import { evaluateOptions } from "@fleuron/trainer/options";
import { withOptions } from "../command-line/library-options.js";
import { newCommand } from "../command-line/new-command.js";
import { boundInputs } from "../command-line/options.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { cliError } from "../errors.js";
import { interruptible } from "../interruption.js";
import { agreementLines } from "../views/source-agreement.js";
import { requireAgreement } from "../work/require-agreement.js";
import { answer, resultOf } from "../work/result.js";
import { runOfBundle, withoutRun } from "../work/run-of-bundle.js";
import { runOrLatest } from "../work/run-or-latest.js";
import { showVerification } from "../work/show-verification.js";
import { type VerificationOptions, verification } from "../work/verification.js";

const sourceOption = new Option(
  "--source <file>",
  "the ONNX file that it was imported from, to compare with on drawn images",
).conflicts(["run", "data", "browser"]);

/** Whether a bundle's models compute what the run has trained. */
export const verify = (context: Context) => {
  const command = newCommand({
    name: "verify",
    description: "Compares the models of a bundle with the weights that they come from, on the same photos.",
    examples: [
      ["pnpm verify", "the latest run's bundle, on the run's validation photos"],
      ["pnpm verify --browser", "ONNX in Chromium too, on WebAssembly and on WebGPU"],
      ["pnpm verify --bundle public/flowers --data other_photos", "another bundle, on other photos"],
      ["pnpm verify --bundle flowers --source model.onnx", "an imported bundle and its file"],
      ["pnpm verify --json", "one line of JSON"],
    ],
  })
    .option("--bundle <dir>", "the bundle's folder (default: bundle/ of the run, or of the latest run)")
    .option("--run <dir>", "the run that it comes from (default: found by the bundle's manifest)")
    .addOption(sourceOption)
    .option(
      "--input <binding>",
      "with --source, name=value of an input that is no image",
      boundInputs("--input"),
    );
  return withOptions(command, { data: evaluateOptions.data, browser: verifyBundleOptions.browser })
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ bundle, run, source, input, data, browser = false, json = false }) => {
      if (input !== undefined && source === undefined) throw unheededInput();
      const [trainer, exporter, runtime] = await Promise.all([
        context.loadTrainer(),
        context.loadExporter(),
        context.loadRuntime(),
      ]);
      using stop = interruptible(context);
      const path = bundle ?? join(await runOrLatest(trainer, run), "bundle");
      if (source !== undefined) {
        const comparing = exporter.verifySource({ bundle: path, source, inputs: input, signal: stop.signal });
        const agreement = await resultOf(comparing, context, { quiet: json });
        answer(context, agreement, { json, lines: agreementLines });
        requireAgreement(agreement);
        return;
      }
      const { folder, manifest } = await runtime.openBundle(path);
      const work = async function* () {
        const found = yield* runOfBundle({ trainer, exporter, folder, manifest, run });
        if (found === undefined) yield withoutRun(manifest);
        const options: VerificationOptions = {
          trainer,
          exporter,
          bundle: folder,
          labels: manifest.labels,
          run: found,
          checkpoint: manifest.training?.checkpoint,
          data,
          browser,
          signal: stop.signal,
        };
        return yield* verification(options);
      };
      const result = await resultOf(work(), context, { quiet: json });
      showVerification(context, result, { json, data });
    });
};

const unheededInput = () =>
  cliError("option-conflict", "'--input' is of a file that was imported, and no '--source' names it.", {
    subject: "input",
    hint: "Name the file with '--source', or leave '--input' out.",
  });
