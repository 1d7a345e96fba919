import { alignColumns } from "../align-columns.js";
import { describeMachine } from "../compare/machine.js";
import type { Checkout } from "./checkout.js";
import type { CommandResult } from "./turns.js";

/** A table, or one object with the machine that it was measured on. */
export function printCommands(
  results: readonly CommandResult[],
  {
    checkouts,
    times,
    json,
    loadBefore,
  }: {
    readonly checkouts: readonly Checkout[];
    readonly times: number;
    readonly json: boolean;
    readonly loadBefore: number;
  },
): void {
  const machine = describeMachine();
  const names = checkouts.map(({ name }) => name);
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ machine, loadAverage: loadBefore, times, checkouts: names, results })}\n`,
    );
    return;
  }
  const compared = names.length > 1;
  const rows = results.map(({ command, medianMs }) => [
    command,
    ...medianMs.map((ms) => `${ms.toFixed(0)} ms`),
    ...(compared ? [(medianMs[0]! / medianMs[1]!).toFixed(2)] : []),
  ]);
  const headings = ["command", ...names, ...(compared ? ["here ÷ there"] : [])];
  const lines = alignColumns([headings, ...rows], (column) => column >= 1);
  process.stdout.write(
    `${lines.join("\n")}\n\n${machine.cpu}, ${machine.cores} cores; medians of ${times} cold processes each, in turns; load average before: ${loadBefore.toFixed(1)}.\n`,
  );
}
