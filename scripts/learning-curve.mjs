// How accuracy grows with photos: `node scripts/learning-curve.mjs --data DIR [--per-class 20,50,200,all] [--seeds 1,2,3] [options of train]`
// trains on so many photos of each class, measures all on the same validation photos, and prints a table. Runs that lie in `--runs DIR` are
// not repeated: the same command goes on where it was interrupted. Default: a new temporary folder.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const OWN = { "per-class": "20,50,200,all", seeds: "1,2,3", runs: "" };
const program = fileURLToPath(new URL("../packages/cli/dist/bundled/main.js", import.meta.url));

const passedOn = [];
const own = { ...OWN };
for (let words = process.argv.slice(2); words.length > 0; ) {
  const [flag, ...rest] = words;
  const [value] = rest;
  const values = value === undefined || value.startsWith("--") ? [] : [value];
  const name = flag.replace(/^--/, "");
  if (name in own) own[name] = values[0];
  else passedOn.push(flag, ...values);
  words = rest.slice(values.length);
}
own.runs ||= mkdtempSync(join(tmpdir(), "fleuron-learning-curve-"));
if (!passedOn.includes("--data")) throw new Error("Give photos with --data, a folder per class.");

/** The accuracy of a run at its end, after training it unless it is there already. */
function accuracyOf(count, seed) {
  const run = join(own.runs, `${count}-${seed}`);
  const record = join(run, "run.json");
  const done = () => existsSync(record) && JSON.parse(readFileSync(record, "utf8")).status === "completed";
  if (!done()) {
    const few = count === "all" ? [] : ["--per-class", count];
    const words = existsSync(record)
      ? ["train", "--resume", run]
      : ["train", ...passedOn, ...few, "--seed", seed, "--skip-report", "--out", run];
    const { status } = spawnSync(process.execPath, [program, ...words], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (status !== 0 || !done()) throw new Error(`Training on ${count} photos of each class failed.`);
  }
  return JSON.parse(readFileSync(record, "utf8")).final.valAccuracy;
}

const percent = (share) => `${(100 * share).toFixed(1)}%`;
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const seeds = own.seeds.split(",");
console.log(`| photos of each class | ${seeds.map((seed) => `seed ${seed}`).join(" | ")} | mean |`);
console.log(`| --- |${" ---: |".repeat(seeds.length + 1)}`);
for (const count of own["per-class"].split(",")) {
  const accuracies = seeds.map((seed) => accuracyOf(count, seed));
  console.log(`| ${[count, ...accuracies.map(percent), percent(mean(accuracies))].join(" | ")} |`);
}
