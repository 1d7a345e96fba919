import { join } from "node:path";
import { counted, visibleText } from "@fleuron/model";
import type { ClassifiedFiles } from "@fleuron/runtime-node";
import { loadClassifierOptions } from "@fleuron/runtime-node/options";
import { predictOptions, predictToFileOptions } from "@fleuron/trainer/options";
import type { LoopEvent } from "@fleuron/training";
import { withOptions } from "../command-line/library-options.js";
import { newCommand } from "../command-line/new-command.js";
import {
  bundleOption,
  checkPrecision,
  JSON_OPTION,
  RUN_OPTION,
  VERBOSE_OPTION,
} from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { cliError } from "../errors.js";
import { interruptible } from "../interruption.js";
import { coloursOf, writeLine } from "../terminal/output.js";
import { predictionLines } from "../views/prediction.js";
import { type ClassifyingOptions, predictToFile, requirePhotos } from "../work/predict-to-file.js";
import { answer, printJson, resultOf } from "../work/result.js";
import { runOrLatest } from "../work/run-or-latest.js";

/** So many photos are named before AlexNet's weights, laid out anew, would be. */
const FEW_PHOTOS = 8;

/** Names photos. A photo that cannot be read is reported and the others are still named. */
export const predict = (context: Context) => {
  const { checkpoint, ...others } = predictOptions;
  const { list, force } = predictToFileOptions;
  const { required: _, ...out } = predictToFileOptions.out;
  const command = newCommand({
    name: "predict",
    description: "Classifies photos.",
    examples: [
      ["pnpm predict rose.jpg", "with the latest run"],
      ["pnpm predict photos/", "each photo below a folder"],
      ["pnpm predict rose.jpg --run runs/first --top-k 1", "with another run, the top prediction only"],
      ["pnpm predict rose.jpg --bundle public/flowers", "with a bundle: no run is needed"],
      ["pnpm predict photos/ --json", "a line of JSON for each photo"],
      ["pnpm predict photos/ --out labels.parquet", "a table of any number of photos"],
      ["pnpm predict --list photos.txt --out labels.csv", "those that a file names"],
    ],
  })
    .argument("[photo...]", "photos, or folders of photos at any depth")
    .option(...RUN_OPTION);
  const ofRunOrBundle = withOptions(command, { checkpoint }).addOption(bundleOption("run", "checkpoint"));
  const ofPhotos = withOptions(withOptions(ofRunOrBundle, loadClassifierOptions), others);
  return withOptions(ofPhotos, { out, list, force })
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async (photos, { json = false, verbose: _, out, list, force, ...options }) => {
      checkPrecision(options);
      if (out !== undefined) return predictToFile(context, { ...options, photos, list, out, force, json });
      requireTable({ list, force });
      requirePhotos(photos);
      using stop = interruptible(context);
      const work = predictions(context, photos, { ...options, signal: stop.signal });
      const { predictions: named, unreadable } = await resultOf(work, context, { quiet: json });
      for (const prediction of named) answer(context, prediction, { json, lines: predictionLines });
      for (const { photo, code, message } of unreadable) {
        writeLine(context.stderr, `${coloursOf(context.stderr).error("error:")} ${visibleText(message)}`);
        if (json) printJson(context, { type: "error", code, message, subject: photo });
      }
      if (unreadable.length > 0) {
        const all = named.length + unreadable.length;
        throw cliError(
          "photos-not-named",
          `${unreadable.length} of ${counted(all, "photo")} could not be classified.`,
        );
      }
    });
};

/** @throws FleuronError "option-missing" for an option that only a table heeds. */
function requireTable(options: {
  readonly list: string | undefined;
  readonly force: boolean | undefined;
}): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    throw cliError("option-missing", `'--${name}' needs '--out'.`, {
      subject: "out",
      hint: "Name the table with --out, such as --out labels.parquet.",
    });
  }
}

async function* predictions(
  context: Context,
  paths: readonly string[],
  {
    run,
    checkpoint,
    bundle,
    precision,
    threads,
    signal,
    ...given
  }: ClassifyingOptions & { readonly signal: AbortSignal },
): AsyncGenerator<LoopEvent, ClassifiedFiles> {
  const { topK = predictOptions.topK.default } = given;
  if (bundle === undefined) {
    const runs = await context.loadTrainedRuns();
    const folder = await runOrLatest(runs, run);
    return yield* runs.predict({ run: folder, photos: paths, checkpoint, topK, threads, signal });
  }
  const [{ cacheFolder, listPhotos }, runtime] = await Promise.all([
    context.loadPhotos(),
    context.loadRuntime(),
  ]);
  const photos = yield* listPhotos(paths, signal);
  await using classifier = await runtime.loadClassifier(bundle, {
    ...{ precision, threads, signal },
    forFewPhotos: photos.length <= FEW_PHOTOS,
    checkedFiles: join(cacheFolder(), "checked"),
  });
  return yield* runtime.classifyFiles(classifier, photos, { topK, signal });
}
