// `pnpm test:faults`: tries each fault many times, and says what was lost.
import { randomInt } from "node:crypto";
import { type SuiteOptions, suiteOptions } from "./command-line/options.js";
import { figure, span, statusLine } from "./command-line/status.js";
import type { Fault, Loss } from "./fault.js";
import { faults } from "./faults.js";
import { type Lab, openLab } from "./lab/lab.js";
import { processorKind, systemKind } from "./machine.js";
import { type Entry, writeResult } from "./results/results.js";
import { type Count, runFault } from "./run-fault.js";

const print = (line: string) => process.stdout.write(`${line}\n`);

function help(): void {
  print("Usage: pnpm test:faults [--only NAME] [--seed N] [--times N] [--json FILE]\n");
  for (const { name, what, times } of faults)
    print(`  ${name.padEnd(18)}  ${figure(times.long).padStart(9)} ×  ${what}`);
  print(
    "\n--seed tries the same again; with --times 1 the one try that was lost. --json adds to FILE what came of it.",
  );
}

async function suite({ only, seed = randomInt(2 ** 31), times, json }: SuiteOptions): Promise<boolean> {
  print(processorKind());
  print(`seed ${seed}`);
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort());
  let allSurvived = true;
  await using lab = await openLab();
  for (const fault of faults) {
    if (only.length > 0 && !only.includes(fault.name)) continue;
    if (interrupted.signal.aborted) break;
    const entry = await tryFault(fault, {
      lab,
      seed,
      times: times ?? fault.times.long,
      signal: interrupted.signal,
    });
    tell(entry);
    allSurvived &&= entry.lost.length === 0;
    if (json !== undefined) await writeResult(json, entry);
  }
  return allSurvived;
}

interface TryOptions {
  readonly lab: Lab;
  readonly seed: number;
  readonly times: number;
  readonly signal: AbortSignal;
}

async function tryFault(fault: Fault, options: TryOptions): Promise<Entry> {
  const { seed, times } = options;
  const began = new Date();
  const skipped = await fault.missing?.();
  let count: Count = { tried: 0, survived: 0, lost: [], kinds: {} };
  if (skipped === undefined) {
    const status = statusLine(fault.name, times);
    let told = 0;
    for await (count of runFault(fault, options)) {
      status.show(count);
      if (count.lost.length > told) status.clear();
      for (const loss of count.lost.slice(told)) tellLoss(fault, times, loss);
      told = count.lost.length;
    }
    status.clear();
  }
  return {
    ...{ fault: fault.name, what: fault.what, seed },
    command: `pnpm test:faults --only ${fault.name} --seed ${seed} --times ${times}`,
    began: began.toISOString(),
    seconds: Math.round((Date.now() - began.getTime()) / 1000),
    ...{ processor: processorKind(), system: systemKind() },
    tried: count.tried,
    survived: count.survived,
    lost: [...count.lost],
    kinds: { ...count.kinds },
    ...(skipped !== undefined && { skipped }),
  };
}

function tell({ fault, skipped, tried, lost, seconds }: Entry): void {
  if (skipped !== undefined) {
    print(`${fault}: skipped, ${skipped}`);
    return;
  }
  print(
    `${fault}: ${figure(tried)} tried in ${span(seconds)}, ${lost.length === 0 ? "nothing" : figure(lost.length)} lost`,
  );
}

function tellLoss({ name, whole }: Fault, times: number, { seed, kind, what }: Loss): void {
  print(`lost, ${kind}: ${what}`);
  print(`again: pnpm test:faults --only ${name} --seed ${seed} --times ${whole ? times : 1}`);
}

try {
  const names = faults.map(({ name }) => name);
  const options = suiteOptions(process.argv.slice(2), names);
  if (options.help) help();
  else if (!(await suite(options))) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
