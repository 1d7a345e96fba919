import { alignColumns } from "../align-columns.js";
import { describeMachine } from "../compare/machine.js";
import { fullPlan } from "../step/full-step.js";
import { warmUp } from "../step/in-turns.js";
import { smallPlan } from "../step/small-step.js";
import type { Summary } from "../step/summarise.js";
import type { SmallComparison } from "./comparisons.js";

export interface TabResult {
  readonly steps: number;
  /** Before the first contender started: what others did here. */
  readonly loadAverage: number;
  readonly small: SmallComparison;
  readonly full: readonly Summary[];
}

/** Two tables, or one object with the machine that it was measured on. */
export function printTab(result: TabResult, { json }: { readonly json: boolean }): void {
  const machine = describeMachine();
  if (json) {
    process.stdout.write(`${JSON.stringify({ machine, warmUp, ...result })}\n`);
    return;
  }
  const { small, full, steps } = result;
  const missing = small.missing.map(({ name, reason }) => `${name} took no part: ${reason}`);
  const lines = [
    `A step of ${smallPlan.batchSize} photos of ${smallPlan.network.input.width}×${smallPlan.network.input.height}, a tenth of the width, one thread, in one page:`,
    ...table(small.contenders),
    ...missing,
    "",
    `A step of ${fullPlan.batchSize} photos of ${fullPlan.network.input.width}×${fullPlan.network.input.height}, full width, one thread:`,
    ...table(full),
    "",
    `${steps} steps each in turns after ${warmUp} to warm up, in which all losses agree.`,
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; load average before: ${result.loadAverage.toFixed(1)}.`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function table(summaries: readonly Summary[]): readonly string[] {
  const rows = summaries.map(({ name, msPerStep, ratio, secondsToFirstStep }) => [
    name,
    `${msPerStep.median.toFixed(0)} ms`,
    `${msPerStep.minimum.toFixed(0)} ms`,
    ratio.toFixed(2),
    `${secondsToFirstStep.toFixed(1)} s`,
  ]);
  const headings = ["contender", "median", "minimum", "ours ÷ its", "first step"];
  return alignColumns([headings, ...rows], (column) => column >= 1);
}
