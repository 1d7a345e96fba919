// `node scripts/check-resizes/run.mjs [--data FOLDER] [--only IDS] [--work FOLDER] [--write]`: what each program's resize makes of
// photos, beside Pillow's, and how often a network then names them otherwise. --write puts the tables into docs/other-runtimes.md.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { placeIn } from "../between-marks.mjs";
import { build } from "../build.mjs";
import { chosenIds } from "../check-runtimes/chosen-ids.mjs";
import { cleanly, inFolder } from "../check-runtimes/folders.mjs";
import { programs } from "./programs.mjs";
import { resizeAll } from "./resize.mjs";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    only: { type: "string" },
    work: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const [reference] = programs;
const ids = chosenIds(values.only, programs, "program");
const work = inFolder(values.work ?? fileURLToPath(new URL("../../.cache/check-resizes", import.meta.url)));
const write =
  values.write &&
  placeIn(fileURLToPath(new URL("../../docs/other-runtimes.md", import.meta.url)), [
    "<!-- check-resizes -->",
    "<!-- /check-resizes -->",
  ]);

build("fleuron");
build("@fleuron/testing");
const { writeSamples } = await import("./samples.mjs");
const { centresIn, differenceOfLevels, openNaming } = await import("./measure.mjs");
const { bundle, photos } = await writeSamples(work, values.data);
const { preprocessing } = bundle.manifest;
const naming = await openNaming(bundle, photos);

const rows = [];
const skipped = [];
let expected;
for (const program of programs.filter((each) => each === reference || ids.includes(each.id))) {
  process.stderr.write(`${program.id}\n`);
  const resized = await resizeAll(program, { photos, side: preprocessing.resize.resizeTo, work });
  if (resized.missing !== undefined) {
    if (program === reference) throw new Error(`All are compared with ${program.name}: ${resized.missing}`);
    skipped.push(`- ${program.name}: \`${cleanly(resized.missing, work)}\``);
    continue;
  }
  for (const [method, { name, used }] of Object.entries(program.methods)) {
    const centres = await centresIn(resized.out, method, photos, preprocessing);
    const names = await naming.ofCentres(centres);
    expected ??= { centres, names };
    const row = { ...differenceOfLevels(centres, expected.centres), ...naming.count(names, expected.names) };
    const called = `${program.name} ${resized.version}, ${name}${used ? ` (so ${used})` : ""}`;
    process.stderr.write(`  ${called} ${JSON.stringify(row)}\n`);
    rows.push({ called, ...row });
  }
}
rows.sort((a, b) => a.mean - b.mean);
const { right, rows: mistakes } = await naming.ofMistakes();
await naming[Symbol.asyncDispose]();

const line = (cells) => `| ${cells.join(" | ")} |`;
const table = (header, lines) =>
  [header, header.map((_, at) => (at === 0 ? "---" : "---:")), ...lines].map(line).join("\n");
const written = `${[
  table(
    ["resize", "levels: mean", "largest", "named otherwise", "right"],
    rows.map(({ called, mean, largest, otherwise, right }) => [
      called,
      mean.toFixed(1),
      largest,
      otherwise,
      right,
    ]),
  ),
  `Of ${photos.length} photos, whose shorter side becomes ${preprocessing.resize.resizeTo} pixels. Done rightly, ${right} are named rightly; with a mistake:`,
  table(
    ["mistake", "named otherwise", "right"],
    mistakes.map(({ mistake, otherwise, right }) => [mistake, otherwise, right]),
  ),
  ...(skipped.length > 0 ? ["Not tried there, and why:", skipped.join("\n")] : []),
].join("\n\n")}\n`;
if (write) write(`\n\n${written}\n`);
else process.stdout.write(written);
