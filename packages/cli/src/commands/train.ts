import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { type OptionRecord, pickOptions } from "@fleuron/model/options";
import { resumeOptions, trainOptions } from "@fleuron/trainer/options";
import { recipeNames, recipes } from "@fleuron/training/recipes";
import { flagOf } from "../command-line/flag.js";
import { withOptions } from "../command-line/library-options.js";
import { newCommand } from "../command-line/new-command.js";
import { JSON_OPTION, VERBOSE_OPTION } from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { cliError } from "../errors.js";
import { RUNS_ROOT, shownPath } from "../paths.js";
import { computeAlong } from "../work/compute-along.js";
import { type FollowOptions, followRun } from "../work/follow-run.js";
import { offerEngine } from "../work/offer-engine.js";
import { runOrLatest } from "../work/run-or-latest.js";

/** Trains a network on photos, or goes on with a run that was stopped. */
export const train = (context: Context) => {
  const { checkpointEvery, ...first } = trainOptions;
  const command = newCommand({
    name: "train",
    description: "Trains a network on photos.",
    examples: [
      ["pnpm train", "on 3,670 flower photos, downloaded once; on drawn flowers where there is no network"],
      ["pnpm train --data flower_photos", "a folder of photos per class"],
      ["pnpm train --data flower_photos --recipe notebook", "like the notebook"],
      ["pnpm train --data photos --recipe mine.json", 'a recipe of one\'s own, such as {"epochs": 80}'],
      ["pnpm train --data photos --width 0.5 --epochs 20", "smaller, shorter"],
      ["pnpm train --data photos --time-budget 10m", "as many epochs as fit"],
      ["pnpm train --data photos --network model.onnx", "goes on with what a network has learnt"],
      [
        "pnpm train --data photos --network model.onnx --per-class 20",
        "from 20 photos of each class: a new head alone",
      ],
      ["pnpm train --resume", "continues the latest run"],
      ["pnpm train --resume runs/first --data photos", "continues a run whose photos have moved"],
    ],
    tables: { Recipes: recipeNames.map((name) => [name, recipes[name].summary]) },
  });
  const beginning = withOptions(command, first, {
    engine: "; pnpm fleuron engine install adds some",
  }).option("--resume [dir]", "continue a run (default: the latest)");
  return withOptions(beginning, { checkpointEvery })
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ json = false, verbose: _, resume, ...settings }, command) => {
      if (resume !== undefined) refuseBesideResume(command);
      const trainer = await context.loadTrainer();
      const launch = trainer.launchOf(process.env);
      const follow = (run: FollowOptions) =>
        launch !== undefined && launch.rank > 0 ? computeAlong(context, run.begin) : followRun(context, run);
      if (resume !== undefined) {
        const changes = pickOptions(changeable, settings);
        const run = await runOrLatest(trainer, resume === true ? undefined : resume);
        await follow({
          title: `Resuming ${shownPath(run)}`,
          json,
          begin: (signal) => trainer.resume({ ...changes, run, signal }),
        });
        return;
      }
      const engine = settings.engine ?? "auto";
      if (!json && engine === "auto" && launch === undefined) await offerEngine(context, trainer);
      await follow({
        title: `Training on ${settings.data ?? "flowers"}`,
        json,
        begin: (signal) => trainer.train({ ...settings, runsFolder: RUNS_ROOT, signal }),
      });
    });
};

/** Everything else stands in the run's folder already. */
const { run: _run, signal: _signal, ...changeable } = resumeOptions;

function refuseBesideResume(command: CommandUnknownOpts): void {
  const allowed = ["resume", "json", "verbose", ...Object.keys(changeable)];
  const refused = command.options.find((option) => {
    const name = option.attributeName();
    return !allowed.includes(name) && command.getOptionValueSource(name) === "cli";
  });
  if (refused === undefined) return;
  const options: OptionRecord = changeable;
  const flags = Object.entries(options).map(([name, { onResume }]) =>
    onResume?.help === undefined ? flagOf(name) : `${flagOf(name)} (${onResume.help})`,
  );
  throw cliError("option-conflict", `'${refused.long}' cannot be given with '--resume'.`, {
    subject: refused.attributeName(),
    hint: `On resume, only ${flags.slice(0, -1).join(", ")} and ${flags.at(-1)} can change.`,
  });
}
