// `pnpm bench ranks`: one process beside ranks of mpirun on this machine, and what the ring all-reduce lets expect of more machines.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { alexnet, countParameters, networkParameters } from "@fleuron/model";
import { alignColumns } from "./align-columns.js";
import { commandLine, fail, positive } from "./arguments.js";
import { describeMachine, loadAverage } from "./compare/machine.js";
import { efficiency } from "./ranks/efficiency.js";
import type { WorkerOptions, WorkerResult } from "./ranks/worker.js";
import { median } from "./statistics.js";

const PHOTOS = 32;
const MACHINES = [2, 4, 8, 16, 32, 64, 128, 256];
const LATENCY = 50e-6;
const WORKER = fileURLToPath(new URL("./ranks/worker.js", import.meta.url));
const MPIRUN = ["mpirun", "--allow-run-as-root", "--oversubscribe", "--bind-to", "none"];

interface Contender {
  readonly name: string;
  readonly ranks: number;
  readonly threads: number;
}

const CONTENDERS: readonly Contender[] = [
  { name: "1 process, 1 thread", ranks: 1, threads: 1 },
  { name: "1 process, 2 threads", ranks: 1, threads: 2 },
  { name: "2 ranks, 1 thread each", ranks: 2, threads: 1 },
];

const values = commandLine({
  steps: { type: "string" },
  rounds: { type: "string" },
  "step-seconds": { type: "string" },
  json: { type: "boolean", default: false },
});
const steps = positive("steps", values.steps ?? "5");
const rounds = positive("rounds", values.rounds ?? "3");
/** The time of a step that was measured before: nothing is measured now. */
const given = values["step-seconds"] === undefined ? undefined : Number(values["step-seconds"]);
if (given !== undefined && !(given > 0)) fail("--step-seconds must be a positive number.");
const loadBefore = loadAverage();
const results = new Map<Contender, WorkerResult[]>(CONTENDERS.map((contender) => [contender, []]));
if (given === undefined) {
  for (let round = 0; round < rounds; round++)
    for (const [contender, taken] of results) taken.push(await measure(contender));
}
const machine = describeMachine();
const measured = [...results].flatMap(([{ name }, taken]) => {
  const of = (key: keyof WorkerResult) => median(taken.map((result) => result[key]));
  const figures = () => ({
    stepSeconds: of("stepSeconds"),
    reduceSeconds: of("reduceSeconds"),
    allReduceSeconds: of("allReduceSeconds"),
  });
  return taken.length === 0 ? [] : [{ name, ...figures() }];
});
const step = given ?? Math.min(...measured.slice(0, 2).map(({ stepSeconds }) => stepSeconds));
const bytes =
  4 * countParameters(networkParameters(alexnet({ classes: 5 })).filter(({ trainable }) => trainable));
const expected = MACHINES.map((machines) => ({
  machines,
  ...Object.fromEntries(
    [10, 100].flatMap((gigabits) =>
      [bytes, bytes / 2].map((sent, half) => [
        `${gigabits} Gbit/s, ${half === 0 ? "float32" : "bfloat16"}`,
        efficiency(machines, step, sent, { bitsPerSecond: gigabits * 1e9, latency: LATENCY }),
      ]),
    ),
  ),
}));

if (values.json)
  process.stdout.write(`${JSON.stringify({ machine, loadAverage: loadBefore, measured, expected })}\n`);
else {
  const isNumeric = (column: number) => column > 0;
  const rows = measured.map(({ name, stepSeconds, reduceSeconds, allReduceSeconds }) => [
    name,
    `${stepSeconds.toFixed(2)} s`,
    `${(PHOTOS / stepSeconds).toFixed(1)}`,
    `${reduceSeconds.toFixed(2)} s`,
    `${allReduceSeconds.toFixed(2)} s`,
  ]);
  const headings = ["32 photos", "step", "photos/s", "of it the sum", "a sum alone"];
  const columns = Object.keys(expected[0]!);
  const shares = expected.map((row) =>
    Object.values(row).map((value, column) =>
      column === 0 ? String(value) : `${(value * 100).toFixed(0)}%`,
    ),
  );
  process.stdout.write(
    `${rows.length === 0 ? "" : `${alignColumns([headings, ...rows], isNumeric).join("\n")}\n\n`}` +
      `${alignColumns([columns, ...shares], isNumeric).join("\n")}\n\n` +
      `Expected of a step of ${step.toFixed(2)} s with ${(bytes / 1e6).toFixed(0)} MB of float32 gradients, ring all-reduce, ${LATENCY * 1e6} µs a hop.\n` +
      `${machine.cpu}; load average before: ${loadBefore.toFixed(1)}.\n`,
  );
}

async function measure({ ranks, threads }: Contender): Promise<WorkerResult> {
  const options: WorkerOptions = { threads, photos: PHOTOS / ranks, steps };
  const [program, ...given] = [
    ...(ranks === 1 ? [] : [...MPIRUN, "-n", String(ranks)]),
    process.execPath,
    WORKER,
    JSON.stringify(options),
  ];
  const { stdout } = await promisify(execFile)(program!, given);
  return JSON.parse(stdout);
}
