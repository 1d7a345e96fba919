// `pnpm bench train --compare`: the same step of the same network, here and in Python's libraries, in turns.
import { thisMachine } from "@fleuron/machine";
import { alexnet, FleuronError, networkParameters, sizeOf } from "@fleuron/model";
import { loadEngine } from "@fleuron/trainer";
import type { BenchOptions } from "../arguments.js";
import { batchSize } from "../random-batch.js";
import { whyMissing } from "../why-missing.js";
import { comparedSteps } from "./compared-steps.js";
import { baseline, type Contender, contenders } from "./contenders.js";
import { contendersHere } from "./contenders-here.js";
import { findPython, type Python } from "./find-python.js";
import { describeMachine, hasBfloat16, loadAverage, type Machine } from "./machine.js";
import { type Outcome, takeTurns } from "./rounds.js";
import { type Absence, type Comparison, summarise } from "./summarise.js";
import { markdownTable, textTable } from "./tables.js";
import { writeInto } from "./write-into.js";

const warmUp = 2;

export async function compare(options: BenchOptions): Promise<void> {
  try {
    const comparison = await measure(options);
    if (options.into) await writeInto(options.into, options.step, markdownTable(comparison));
    process.stdout.write(formatters[options.format](comparison));
  } catch (error) {
    if (!(error instanceof FleuronError)) throw error;
    process.stderr.write(`error: ${error.message}\n${error.hint ? `hint: ${error.hint}\n` : ""}`);
    process.exitCode = 2;
  }
}

const formatters = {
  text: textTable,
  markdown: markdownTable,
  json: (comparison: Comparison) => `${JSON.stringify(comparison)}\n`,
};

async function measure({ steps, threads, step }: BenchOptions): Promise<Comparison> {
  const machine = describeMachine();
  const loadBefore = loadAverage();
  const present = await contendersHere(contenders, thisMachine());
  const python = await findPython(present.flatMap(({ python }) => python?.modules ?? []));
  const outcomes = new Map<Contender, Outcome | Absence>();
  for (const contender of present) {
    const absence = await whyAbsent(contender, machine, python);
    if (absence) outcomes.set(contender, absence);
  }
  const entrants = present
    .filter((contender) => !outcomes.has(contender))
    .map((contender) => ({
      id: contender,
      file: contender.python && python ? python.command : process.execPath,
      args: [
        contender.program,
        JSON.stringify({
          engine: contender.engine,
          precision: contender.precision,
          threads,
          onGpu: contender.onGpu ?? false,
          optimiser: comparedSteps[step],
        }),
      ],
    }));
  const parameters = networkParameters(alexnet({ classes: 5 }))
    .filter(({ trainable }) => trainable)
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const onProgress = process.stderr.isTTY ? showProgress : undefined;
  const measured = await takeTurns(entrants, { steps, warmUp, parameters, onProgress });
  if (onProgress) onProgress("");
  for (const [contender, outcome] of measured) outcomes.set(contender, outcome);
  return {
    machine,
    loadAverage: loadBefore,
    settings: { step, threads, batchSize, steps, warmUp },
    baseline: `${baseline.name} (${baseline.precision})`,
    contenders: summarise(present, outcomes, { baseline, batchSize }),
  };
}

async function whyAbsent(
  { python: needs, engine, precision }: Contender,
  machine: Machine,
  python: Python | undefined,
): Promise<Absence | undefined> {
  if (needs && !python)
    return {
      status: "not installed",
      reason: `no python3 here; set FLEURON_PYTHON, then pip install ${needs.packages}`,
    };
  if (needs?.modules.some((name) => !python?.modules.has(name)))
    return { status: "not installed", reason: `${python?.command} -m pip install ${needs.packages}` };
  const reason = engine && (await whyMissing(await loadEngine(engine)));
  if (reason) return { status: "not installed", reason };
  if (precision === "bfloat16" && hasBfloat16(machine) === false)
    return { status: "not measured", reason: "this processor has no bfloat16 instructions" };
  return undefined;
}

/** One line, drawn over. */
const showProgress = (what: string): void => {
  process.stderr.write(`\r\x1b[2K${what}`);
};
