// `pnpm bench run [--compare]`: how long does the notebook's training take from a folder of JPEGs, from a cold start and warm?
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { recipes } from "@fleuron/training";
import { commandLine, fail, positive } from "./arguments.js";
import { findPython } from "./compare/find-python.js";
import { describeMachine, loadAverage } from "./compare/machine.js";
import { report } from "./compare/report.js";
import type { Absence } from "./compare/summarise.js";
import { whyAbsent } from "./compare/why-absent.js";
import { progressLine } from "./inference/print.js";
import { baseline, ours, peers, type RunContender } from "./run/contenders.js";
import { writePhotos } from "./run/photos.js";
import { type RunComparison, summariseRuns } from "./run/summarise.js";
import { tableOf } from "./run/tables.js";
import { type RunOutcome, takeTurns } from "./run/turns.js";
import { temporaryFolder } from "./temporary-folder.js";

const values = commandLine({
  compare: { type: "boolean", default: false },
  data: { type: "string" },
  photos: { type: "string" },
  epochs: { type: "string" },
  rounds: { type: "string" },
  threads: { type: "string" },
  json: { type: "boolean", default: false },
  markdown: { type: "boolean", default: false },
  into: { type: "string" },
});
const { json, markdown, compare } = values;
if (json && markdown) fail("--json and --markdown do not go together.");
if (values.into !== undefined && !compare) fail("--into goes with --compare.");
const typed = (file: string | undefined) => file && resolve(process.env.INIT_CWD ?? ".", file);
const [data, into] = [typed(values.data), typed(values.into)];
const perClass = positive("photos", values.photos ?? "120");
const epochs = positive("epochs", values.epochs ?? "3");
const rounds = positive("rounds", values.rounds ?? "3");
const threads = positive("threads", values.threads ?? String(availableParallelism()));
if (perClass < 5) fail("--photos must be 5 or more: of five photos of a class one is for validation.");
if (epochs < 2) fail("--epochs must be 2 or more: the first one is cold.");

await report(measure, tableOf, {
  format: json ? "json" : markdown ? "markdown" : "text",
  into,
  command: "run --compare",
});

async function measure(): Promise<RunComparison> {
  const machine = describeMachine();
  const loadBefore = loadAverage();
  const contenders = compare ? [...ours, ...peers] : ours;
  const python = await findPython(contenders.flatMap((contender) => contender.python?.modules ?? []));
  const outcomes = new Map<RunContender, RunOutcome | Absence>();
  for (const contender of contenders) {
    const absence = await whyAbsent(contender, python);
    if (absence) outcomes.set(contender, absence);
  }
  const present = contenders.filter((contender) => !outcomes.has(contender));
  const onProgress = progressLine();
  await using photos = await temporaryFolder("photos");
  const written = await writePhotos(photos.folder, { data, perClass, onProgress });
  const measured = await takeTurns(present, {
    ...{ photos: photos.folder, epochs, threads },
    ...{ rounds, python, onProgress },
  });
  onProgress?.("");
  for (const [contender, outcome] of measured) outcomes.set(contender, outcome);
  return {
    machine,
    loadAverage: loadBefore,
    settings: {
      ...{ threads, epochs, rounds, ...written },
      batchSize: recipes.notebook.batchSize,
      drawn: data === undefined,
    },
    baseline: baseline.name,
    contenders: summariseRuns(contenders, outcomes, baseline),
  };
}
