import { compressOptions } from "@fleuron/compress/options";
import { withOptions } from "../command-line/library-options.js";
import { newCommand } from "../command-line/new-command.js";
import { JSON_OPTION, RUN_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";
import { shownPath } from "../paths.js";
import { writeLine } from "../terminal/output.js";
import { compressionLines } from "../views/compression.js";
import { answer, timedResultOf } from "../work/result.js";
import { runOrLatest } from "../work/run-or-latest.js";

/** Makes a run of a much smaller network of one that has been trained. */
export const compress = (context: Context) => {
  const command = newCommand({
    name: "compress",
    description: "Cuts a trained network down to a few megabytes: a new run, as accurate as it can be.",
    examples: [
      ["pnpm fleuron compress --out runs/small", "the latest run, to 2 MB on the wire"],
      ["pnpm fleuron compress --run runs/first --target-bytes 1MB --out runs/tiny", "another run, to 1 MB"],
      ["pnpm fleuron compress --max-drop 0.5 --out runs/small", "as small as half a point allows"],
      ["pnpm export --run runs/small --precision compact", "what it is for: the file of few bits"],
    ],
  })
    .option(...RUN_OPTION)
    .requiredOption("--out <dir>", "the new run's folder; a search for it that was stopped goes on");
  return withOptions(command, compressOptions)
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ run, out, json = false, verbose: _, ...options }) => {
      const [trainer, { compress }] = await Promise.all([context.loadTrainer(), context.loadCompressor()]);
      using stop = interruptible(context, () =>
        writeLine(context.stderr, "Stopping: finishing the step and saving… The same command goes on."),
      );
      const folder = await runOrLatest(trainer, run);
      const work = compress({ ...options, run: folder, out, signal: stop.signal });
      const { result, seconds } = await timedResultOf(work, context, { quiet: json });
      answer(context, result, {
        json,
        lines: (done, canvas) => compressionLines(done, { place: shownPath(done.folder), seconds }, canvas),
      });
    });
};
