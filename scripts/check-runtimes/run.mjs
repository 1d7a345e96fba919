// `node scripts/check-runtimes/run.mjs [--only IDS] [--work FOLDER] [--write]`: which runtimes open what `pnpm export`
// writes, and how far their answers are from onnxruntime's. --write puts the tables into docs/other-runtimes.md.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { placeIn } from "../between-marks.mjs";
import { build } from "../build.mjs";
import { chosenIds } from "./chosen-ids.mjs";
import { cleanly, inFolder } from "./folders.mjs";
import { install } from "./install.mjs";
import { runtimes } from "./runtimes.mjs";
import { layouts, precisions, tables } from "./tables.mjs";
import { tryModel } from "./try-model.mjs";

const { values } = parseArgs({
  options: { only: { type: "string" }, work: { type: "string" }, write: { type: "boolean", default: false } },
});
const ids = chosenIds(values.only, runtimes, "runtime");
const work = inFolder(values.work ?? fileURLToPath(new URL("../../.cache/check-runtimes", import.meta.url)));
const write =
  values.write &&
  placeIn(fileURLToPath(new URL("../../docs/other-runtimes.md", import.meta.url)), [
    "<!-- check-runtimes -->",
    "<!-- /check-runtimes -->",
  ]);

build("fleuron");
const { writeSamples } = await import("./samples.mjs");
const samples = await writeSamples(work);

const rows = [];
for (const runtime of runtimes.filter(({ id }) => ids.includes(id))) {
  process.stderr.write(`${runtime.id}\n`);
  const program = await install(runtime, work);
  if ("missing" in program) {
    rows.push({ runtime, missing: cleanly(program.missing, work) });
    continue;
  }
  const results = [];
  for (const sample of samples) {
    for (const layout of layouts.filter((each) => each === "single" || !runtime.oneFile)) {
      for (const precision of precisions) {
        const outcome = await tryModel(program, {
          sample,
          layout,
          precision,
          work,
          minutes: runtime.minutes,
        });
        results.push({ network: sample.network, layout, precision, ...outcome });
        process.stderr.write(`  ${sample.network} ${layout} ${precision} ${JSON.stringify(outcome)}\n`);
      }
    }
  }
  rows.push({
    runtime,
    version: program.version ?? results.find(({ version }) => version)?.version,
    results,
  });
}

const written = tables(rows, samples);
if (write) write(`\n\n${written}\n`);
else process.stdout.write(written);
