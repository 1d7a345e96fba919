import { megabytes } from "@fleuron/model";
import { alignColumns } from "../align-columns.js";
import { describeMachine } from "../compare/machine.js";
import type { Result } from "./contenders.js";

const headings = ["model", "where", "size", "load", "median", "× first", "peak memory"];

/** A table, or one object with the machine that it was measured on. */
export function printResults(
  results: readonly Result[],
  {
    json,
    steps,
    loadBefore,
  }: { readonly json: boolean; readonly steps: number; readonly loadBefore: number },
): void {
  const machine = describeMachine();
  if (json) {
    process.stdout.write(`${JSON.stringify({ machine, loadAverage: loadBefore, steps, results })}\n`);
    return;
  }
  const rows = results.map((result) =>
    "failed" in result
      ? [result.model, result.place, `failed: ${result.failed}`]
      : [
          result.model,
          result.place,
          megabytes(result.bytes),
          `${result.loadMs.toFixed(0)} ms`,
          `${result.medianMs.toFixed(1)} ms`,
          result.timesFirst?.toFixed(2) ?? "–",
          megabytes(result.peakRssBytes),
        ],
  );
  const lines = alignColumns([headings, ...rows], (column) => column >= 2);
  process.stdout.write(
    `${lines.join("\n")}\n\n${machine.cpu}, ${machine.cores} cores; ${steps} runs each, in turns; load average before: ${loadBefore.toFixed(1)}.\n`,
  );
}

/** One line, drawn over; nothing where nobody watches. */
export const progressLine = (): ((what: string) => void) | undefined =>
  process.stderr.isTTY ? (what) => process.stderr.write(`\r\x1b[2K${what}`) : undefined;
