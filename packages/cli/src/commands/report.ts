import { reportOptions } from "@fleuron/trainer/options";
import { withOptions } from "../command-line/library-options.js";
import { newCommand } from "../command-line/new-command.js";
import { JSON_OPTION, RUN_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";
import { shownPath } from "../paths.js";
import { measuredBundle } from "../work/measured-bundle.js";
import { answer, resultOf } from "../work/result.js";
import { runOrLatest } from "../work/run-or-latest.js";

/** Writes a run's page again, such as that of a run which was killed. */
export const report = (context: Context) => {
  const command = newCommand({
    name: "report",
    description: "Rewrites the report of a run, a page to open in a browser.",
    examples: [
      ["pnpm fleuron report", "of the latest run"],
      ["pnpm fleuron report --run runs/first", "of another run"],
      ["pnpm fleuron report --run runs/first --data photos", "of a run whose photos have moved"],
      ["pnpm fleuron report --bundle runs/first/bundle", "with what each file of a bundle costs and gives"],
    ],
  })
    .option(...RUN_OPTION)
    .option("--bundle <dir>", "measures each ONNX file of the run's bundle first, on the validation photos");
  return withOptions(command, reportOptions)
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ run, bundle, data, threads, json = false }) => {
      const trainer = await context.loadTrainer();
      using stop = interruptible(context);
      const { signal } = stop;
      const measuring =
        bundle === undefined
          ? undefined
          : await resultOf(measuredBundle(context, bundle, { run, data, threads, signal }), context, {
              quiet: json,
            });
      const reported = measuring ?? { run: await runOrLatest(trainer, run) };
      const work = trainer.report({ ...reported, data, threads, signal });
      const { file } = await resultOf(work, context, { quiet: json });
      answer(context, { file }, { json, lines: () => [shownPath(file)] });
    });
};
