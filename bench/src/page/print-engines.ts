import { alignColumns } from "../align-columns.js";
import { describeMachine } from "../compare/machine.js";
import { type EngineResults, engines } from "./engines.js";
import { bytes, milliseconds, type PrintPageOptions } from "./print.js";

/** A table, or one object with the machine that it was measured on. */
export function printEngines(results: EngineResults, { visits, json, loadBefore }: PrintPageOptions): void {
  const machine = describeMachine();
  if (json) {
    process.stdout.write(`${JSON.stringify({ machine, loadAverage: loadBefore, visits, results })}\n`);
    return;
  }
  const rows = engines.map((engine) => {
    const { engineBytes, modelBytes, firstPredictionMs } = results[engine];
    const cells = [engineBytes, modelBytes, engineBytes + modelBytes].map(bytes);
    return [engine, ...cells, milliseconds(firstPredictionMs)];
  });
  const head = ["provider", "engine", "model", "sum", "first prediction after"];
  process.stdout.write(
    `${alignColumns([head, ...rows], (column) => column >= 1).join("\n")}\n\n` +
      `Bytes with brotli. ${machine.cpu}, ${machine.cores} cores; medians of ${visits} first visits each, in turns, from a ` +
      `server on this machine; the GPU is emulated by this processor unless Chromium has one; load average before: ${loadBefore.toFixed(1)}.\n`,
  );
}
