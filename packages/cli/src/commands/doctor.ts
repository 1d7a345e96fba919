import { newCommand } from "../command-line/new-command.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";
import { diagnosisLines } from "../views/diagnosis.js";
import { answer, resultOf } from "../work/result.js";

/** Which engines work here, how fast, and the next step for each that does not. It changes nothing. */
export const doctor = (context: Context) =>
  newCommand({
    name: "doctor",
    description: "Checks this machine and trains a few steps on every working engine; changes nothing.",
    examples: [
      ["pnpm fleuron doctor", "takes a minute and 3 GB of memory"],
      ["pnpm fleuron doctor --no-measure", "checks only"],
      ["pnpm fleuron doctor --json", "one line of JSON"],
    ],
  })
    .option("--no-measure", "check only, without training")
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ json = false, measure }) => {
      const trainer = await context.loadTrainer();
      using stop = interruptible(context);
      const work = trainer.diagnose({ measure, signal: stop.signal });
      const diagnosis = await resultOf(work, context, { quiet: json });
      const chromium = { what: "Chromium", ...(await context.lookForChromium(stop.signal)) };
      const machine = [...diagnosis.machine, chromium];
      answer(context, { ...diagnosis, machine }, { json, lines: diagnosisLines });
    });
