// `pnpm bench train --compare`: the same step of the same network, here and in Python's libraries, in turns.
import { thisMachine } from "@fleuron/machine";
import { alexnet, networkParameters, sizeOf } from "@fleuron/model";
import type { BenchOptions } from "../arguments.js";
import { progressLine } from "../inference/print.js";
import { batchSize } from "../random-batch.js";
import { comparedSteps } from "./compared-steps.js";
import { baseline, type Contender, contenders } from "./contenders.js";
import { contendersHere } from "./contenders-here.js";
import { findPython } from "./find-python.js";
import { describeMachine, hasBfloat16, loadAverage, type Machine } from "./machine.js";
import { report } from "./report.js";
import { type Outcome, takeTurns } from "./rounds.js";
import { type Absence, type Comparison, summarise } from "./summarise.js";
import { tableOf } from "./tables.js";
import { whyAbsent } from "./why-absent.js";

const warmUp = 2;

export const compare = (options: BenchOptions): Promise<void> =>
  report(() => measure(options), tableOf, {
    ...options,
    command: `train --compare${options.step === "plain" ? "" : ` --step ${options.step}`}`,
  });

async function measure({ steps, threads, step }: BenchOptions): Promise<Comparison> {
  const machine = describeMachine();
  const loadBefore = loadAverage();
  const present = await contendersHere(contenders, thisMachine());
  const python = await findPython(present.flatMap(({ python }) => python?.modules ?? []));
  const outcomes = new Map<Contender, Outcome | Absence>();
  for (const contender of present) {
    const absence = (await whyAbsent(contender, python)) ?? whyNotMeasured(contender, machine);
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
  const onProgress = progressLine();
  const measured = await takeTurns(entrants, { steps, warmUp, parameters, onProgress });
  onProgress?.("");
  for (const [contender, outcome] of measured) outcomes.set(contender, outcome);
  return {
    machine,
    loadAverage: loadBefore,
    settings: { step, threads, batchSize, steps, warmUp },
    baseline: `${baseline.name} (${baseline.precision})`,
    contenders: summarise(present, outcomes, { baseline, batchSize }),
  };
}

const whyNotMeasured = ({ precision }: Contender, machine: Machine): Absence | undefined =>
  precision === "bfloat16" && hasBfloat16(machine) === false
    ? { status: "not measured", reason: "this processor has no bfloat16 instructions" }
    : undefined;
