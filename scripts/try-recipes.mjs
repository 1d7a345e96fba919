// What a change of a recipe is worth: `node scripts/try-recipes.mjs RECIPE… --data DIR [--seeds 0] [options of train]` trains each recipe,
// a name or a JSON file, on the same photos, and prints a table of means over the seeds. The calibrated loss is that of `evaluate`: after a
// temperature is fitted, which smoothing, mixing and dropout do not shift. Runs that lie in `--runs DIR` are not repeated: the same
// command goes on where it was interrupted. Default: a new temporary folder.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { endWith, finishedRun, mean, percent, program, sweepOptions } from "./sweep.mjs";

const own = sweepOptions({ seeds: "0" });
const nameOf = (recipe) => basename(recipe, ".json");
const names = own.alone.map(nameOf);
const twice = names.find((name, index) => names.indexOf(name) < index);
if (names.length === 0) endWith("Name recipes, or JSON files of your own.");
if (twice !== undefined) endWith(`Two recipes are called ${twice}, and so would be their runs.`);

function tried(recipe, seed) {
  const run = join(own.runs, `${nameOf(recipe)}-${seed}`);
  const { final } = finishedRun(run, [...own.passedOn, "--recipe", recipe, "--seed", seed]);
  const evaluated = execFileSync(process.execPath, [program, "evaluate", "--run", run, "--json"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const epochs = readFileSync(join(run, "metrics.jsonl"), "utf8").trimEnd().split("\n");
  const seconds = epochs.reduce((sum, line) => sum + JSON.parse(line).seconds, 0);
  return {
    accuracy: final.valAccuracy,
    loss: final.valLoss,
    calibrated: JSON.parse(evaluated).loss,
    seconds,
  };
}

console.log("| recipe | accuracy | loss | calibrated loss | seconds of training |");
console.log("| --- | ---: | ---: | ---: | ---: |");
for (const recipe of own.alone) {
  const runs = own.seeds.split(",").map((seed) => tried(recipe, seed));
  const of = (figure) => mean(runs.map((run) => run[figure]));
  const cells = [recipe, percent(of("accuracy")), of("loss").toFixed(3), of("calibrated").toFixed(3)];
  console.log(`| ${[...cells, Math.round(of("seconds"))].join(" | ")} |`);
}
