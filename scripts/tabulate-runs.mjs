// The runs of docs/runs as a table: `node scripts/tabulate-runs.mjs` prints it, `--write` puts it into docs/recipes.md.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { networkOf } from "../packages/graph/dist/index.js";
import { countParameters } from "../packages/model/dist/index.js";
import { replaceBetween } from "./between-marks.mjs";

const docs = fileURLToPath(new URL("../docs/", import.meta.url));
const MARKS = ["<!-- runs: scripts/tabulate-runs.mjs -->\n", "<!-- end of runs -->"];

/** Folders of runs below a folder, relative to docs/runs. */
const runsIn = (folder) =>
  readdirSync(`${docs}runs/${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}${entry.name}`;
    if (!entry.isDirectory()) return [];
    return existsSync(`${docs}runs/${path}/run.json`) ? [path] : runsIn(`${path}/`);
  });

/** Columns of numbers, which are aligned to the right. */
const PARAMETERS = "million parameters";
const RESULTS = ["last epoch", "highest", "seconds of training"];

const percent = (share) => `${(100 * share).toFixed(1)}%`;

/** In millions; a file's network is in the file. */
const parameters = (network) =>
  network.type === "imported" ? "–" : (countParameters(networkOf(network).parameters) / 1e6).toFixed(1);

function row(path) {
  const read = (name) => readFileSync(`${docs}runs/${path}/${name}`, "utf8");
  const { recipe, plan, preprocessing, seeds, dataset, engine } = JSON.parse(read("run.json"));
  const epochs = read("metrics.jsonl").trimEnd().split("\n").map(JSON.parse);
  const accuracies = epochs.map(({ valAccuracy }) => valAccuracy);
  const seconds = epochs.reduce((sum, epoch) => sum + epoch.seconds, 0);
  return [
    `[\`${path}\`](runs/${path})`,
    `${plan.network.name}, ${preprocessing.size} pixels`,
    parameters(plan.network),
    recipe,
    epochs.length,
    `${seeds.seed}, ${seeds.splitSeed}`,
    `${dataset.trainCount}, ${dataset.valCount}`,
    `${engine.engine}, ${engine.precision}`,
    percent(accuracies.at(-1)),
    percent(Math.max(...accuracies)),
    Math.round(seconds),
  ];
}

/** Sorted by name. */
export function runsTable() {
  const header = [
    "run",
    "network",
    PARAMETERS,
    "recipe",
    "epochs",
    "seed, split",
    "photos: training, validation",
    "engine",
    ...RESULTS,
  ];
  const lines = [
    header,
    header.map((name) => ([PARAMETERS, ...RESULTS].includes(name) ? "---:" : "---")),
    ...runsIn("").sort().map(row),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** The text of docs/recipes.md with the table as it is now. */
export function withTable(text) {
  return replaceBetween(text, MARKS, `\n${runsTable()}\n`, "docs/recipes.md");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = `${docs}recipes.md`;
  if (process.argv.includes("--write")) writeFileSync(page, withTable(readFileSync(page, "utf8")));
  else process.stdout.write(runsTable());
}
