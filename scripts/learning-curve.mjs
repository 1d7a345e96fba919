// How accuracy grows with photos: `node scripts/learning-curve.mjs --data DIR [--per-class 20,50,200,all] [--seeds 1,2,3] [options of train]`
// trains on so many photos of each class, measures all on the same validation photos, and prints a table. Runs that lie in `--runs DIR` are
// not repeated: the same command goes on where it was interrupted. Default: a new temporary folder.
import { join } from "node:path";
import { finishedRun, mean, percent, sweepOptions } from "./sweep.mjs";

const own = sweepOptions({ "per-class": "20,50,200,all", seeds: "1,2,3" });

function accuracyOf(count, seed) {
  const few = count === "all" ? [] : ["--per-class", count];
  const words = [...own.passedOn, ...few, "--seed", seed];
  return finishedRun(join(own.runs, `${count}-${seed}`), words).final.valAccuracy;
}

const seeds = own.seeds.split(",");
console.log(`| photos of each class | ${seeds.map((seed) => `seed ${seed}`).join(" | ")} | mean |`);
console.log(`| --- |${" ---: |".repeat(seeds.length + 1)}`);
for (const count of own["per-class"].split(",")) {
  const accuracies = seeds.map((seed) => accuracyOf(count, seed));
  console.log(`| ${[count, ...accuracies.map(percent), percent(mean(accuracies))].join(" | ")} |`);
}
