import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { networkNames } from "@fleuron/model";
import { engineNames } from "@fleuron/trainer/engines";
import { recipeNames, recipes } from "@fleuron/training/recipes";
import { newCommand } from "../command-line/new-command.js";
import {
  checkpointInterval,
  oneOf,
  positiveInteger,
  positiveNumber,
  seed,
  share,
  timeSpan,
} from "../command-line/options.js";
import { JSON_OPTION, threadsOption, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { cliError } from "../errors.js";
import { RUNS_ROOT, shownPath } from "../paths.js";
import { followRun } from "../work/follow-run.js";
import { offerEngine } from "../work/offer-engine.js";
import { runOrLatest } from "../work/run-or-latest.js";

const ENGINES = ["auto", ...engineNames];

/** Trains a network on photos, or goes on with a run that was stopped. */
export const train = (context: Context) =>
  newCommand({
    name: "train",
    description: "Trains a network on photos.",
    examples: [
      ["pnpm train", "on 3,670 photos of flowers, fetched once; on drawn ones where there is no network"],
      ["pnpm train --data flower_photos", "a folder of photos per class"],
      ["pnpm train --data flower_photos --recipe notebook", "as the notebook does it"],
      ["pnpm train --data photos --width 0.5 --epochs 20", "smaller, shorter"],
      ["pnpm train --data photos --time-budget 10m", "as many epochs as fit"],
      ["pnpm train --resume", "goes on with the latest run"],
      ["pnpm train --resume runs/first --data photos", "with a run whose photos have moved"],
    ],
    tables: { Recipes: recipeNames.map((name) => [name, recipes[name].summary]) },
  })
    .option(
      "--data <dir>",
      "photos: a folder per class, or train/ and val/ with such folders; or flowers (fetched once), or " +
        "procedural (drawn); with --resume, where the run's photos are now (default: flowers; without a network, procedural for 7 minutes, recipe quick)",
    )
    .option(
      "--recipe <name>",
      "how it learns; see below (default: modern)",
      oneOf("--recipe", recipeNames, "Recipes"),
    )
    .option(
      "--network <name>",
      "the network",
      oneOf("--network", networkNames, "Networks"),
      "alexnet" as const,
    )
    .option("--width <factor>", "scales the network's channels and units", positiveNumber("--width"), 1)
    .option(
      "--image-size <pixels>",
      "height and width of the input (default: 227)",
      positiveInteger("--image-size"),
    )
    .option(
      "--engine <name>",
      `what computes: ${ENGINES.join(", ")}; pnpm fleuron engine install adds TensorFlow's (default: auto; the run's own with --resume)`,
      oneOf("--engine", ENGINES, "Engines"),
    )
    .option(
      "--mixed-precision <kind>",
      "auto, none or bfloat16; auto: bfloat16 where engine and processor compute in it (default: auto)",
      oneOf("--mixed-precision", ["auto", "none", "bfloat16"], "Kinds"),
    )
    .option(...threadsOption("compute"))
    .option("--deterministic", "repeat bit for bit on this machine (onnx-cpu does in any case)")
    .option("--epochs <n>", "times through the photos (default: the recipe's)", positiveInteger("--epochs"))
    .option("--batch-size <n>", "photos a step (default: the recipe's)", positiveInteger("--batch-size"))
    .option(
      "--learning-rate <rate>",
      "at its highest (default: the recipe's)",
      positiveNumber("--learning-rate"),
    )
    .option(
      "--validation-split <share>",
      "share of each class that is held out, unless there is a val/ (default: 0.2)",
      share("--validation-split"),
    )
    .option("--seed <n>", "of weights, order and augmentation", seed("--seed"), 0)
    .option("--split-seed <n>", "of the choice of held-out photos (default: 0)", seed("--split-seed"))
    .option("--max-images <n>", "use that many photos at most", positiveInteger("--max-images"))
    .option(
      "--time-budget <time>",
      "end in this time (90s, 10m, 1h): the schedule is fitted to the measured speed",
      timeSpan("--time-budget"),
    )
    .option(
      "--patience <epochs>",
      "end when the smoothed validation loss has had no new low for that many epochs",
      positiveInteger("--patience"),
    )
    .option("--init-from <file>", "begin with weights of a safetensors file, or of a run's folder")
    .option("--out <dir>", "the run's folder (default: runs/ and the recipe, date and time)")
    .option("--resume [dir]", "go on with a run (default: the latest)")
    .option(
      "--checkpoint-every <interval>",
      "steps (200) or time (30s, 5m, 1h) (default: 5m)",
      checkpointInterval("--checkpoint-every"),
    )
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ json = false, verbose: _, data, resume, ...settings }, command) => {
      if (resume !== undefined) {
        refuseBesideResume(command);
        const { engine, epochs, patience, threads, checkpointEvery } = settings;
        const trainer = await context.loadTrainer();
        const run = await runOrLatest(trainer, resume === true ? undefined : resume);
        await followRun(context, {
          title: `Going on with ${shownPath(run)}`,
          json,
          begin: (signal) =>
            trainer.resume({ run, data, engine, epochs, patience, threads, checkpointEvery, signal }),
        });
        return;
      }
      const trainer = await context.loadTrainer();
      if (!json && (settings.engine ?? "auto") === "auto") await offerEngine(context, trainer);
      await followRun(context, {
        title: `Training on ${data ?? "flowers"}`,
        json,
        begin: (signal) => trainer.train({ ...settings, data, runsFolder: RUNS_ROOT, signal }),
      });
    });

/** Everything else stands in the run's folder already. */
const WITH_RESUME = [
  "resume",
  "data",
  "engine",
  "epochs",
  "patience",
  "threads",
  "checkpointEvery",
  "json",
  "verbose",
];

function refuseBesideResume(command: CommandUnknownOpts): void {
  const refused = command.options.find((option) => {
    const name = option.attributeName();
    return !WITH_RESUME.includes(name) && command.getOptionValueSource(name) === "cli";
  });
  if (refused === undefined) return;
  throw cliError("option-conflict", `'${refused.long}' cannot be given with '--resume'.`, {
    subject: refused.long,
    hint: "A run goes on as it began; only --data (where its photos are now), --engine, --epochs, --patience, --threads and --checkpoint-every may change.",
  });
}
