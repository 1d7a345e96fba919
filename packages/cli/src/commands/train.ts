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
      ["pnpm train", "on 3,670 flower photos, downloaded once; on drawn flowers where there is no network"],
      ["pnpm train --data flower_photos", "a folder of photos per class"],
      ["pnpm train --data flower_photos --recipe notebook", "like the notebook"],
      ["pnpm train --data photos --width 0.5 --epochs 20", "smaller, shorter"],
      ["pnpm train --data photos --time-budget 10m", "as many epochs as fit"],
      ["pnpm train --resume", "continues the latest run"],
      ["pnpm train --resume runs/first --data photos", "continues a run whose photos have moved"],
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
      "training recipe; see below (default: modern)",
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
    .option("--deterministic", "make runs repeat bit for bit on this machine (those of onnx-cpu always do)")
    .option(
      "--epochs <n>",
      "passes over the training photos (default: the recipe's)",
      positiveInteger("--epochs"),
    )
    .option("--batch-size <n>", "photos per step (default: the recipe's)", positiveInteger("--batch-size"))
    .option(
      "--learning-rate <rate>",
      "at its highest (default: the recipe's)",
      positiveNumber("--learning-rate"),
    )
    .option(
      "--validation-split <share>",
      "share of each class used for validation, unless there is a val/ (default: 0.2)",
      share("--validation-split"),
    )
    .option("--seed <n>", "random seed of weights, order and augmentation", seed("--seed"), 0)
    .option("--split-seed <n>", "random seed of the validation split (default: 0)", seed("--split-seed"))
    .option("--max-images <n>", "use at most this many photos", positiveInteger("--max-images"))
    .option(
      "--time-budget <time>",
      "finish within this time (90s, 10m, 1h): the schedule is fitted to the measured speed",
      timeSpan("--time-budget"),
    )
    .option(
      "--patience <epochs>",
      "stop after this many epochs without improvement of the smoothed validation loss",
      positiveInteger("--patience"),
    )
    .option("--init-from <file>", "start from the weights of a safetensors file or a run's folder")
    .option("--out <dir>", "the run's folder (default: runs/ and the recipe, date and time)")
    .option("--resume [dir]", "continue a run (default: the latest)")
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
          title: `Resuming ${shownPath(run)}`,
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
    hint: "On resume, only --data (where the photos are now), --engine, --epochs, --patience, --threads and --checkpoint-every can change.",
  });
}
