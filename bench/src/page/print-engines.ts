import { alignColumns } from "../align-columns.js";
import { describeMachine } from "../compare/machine.js";
import type { EngineResult, EnginesOptions } from "./engines.js";
import { bytes, milliseconds, type PrintPageOptions } from "./print.js";

/** A table, or one object with the machine that it was measured on. */
export function printEngines(
  results: readonly EngineResult[],
  {
    visits,
    megabits,
    threads,
    json,
    loadBefore,
  }: PrintPageOptions & Pick<EnginesOptions, "megabits" | "threads">,
): void {
  const machine = describeMachine();
  if (json) {
    const conditions = { machine, loadAverage: loadBefore, visits, megabits, threads };
    process.stdout.write(`${JSON.stringify({ ...conditions, results })}\n`);
    return;
  }
  const rows = results.map((result) => {
    const { bundle, precision, provider, engineBytes, modelBytes, peakBytes, differsBy } = result;
    return [
      bundle,
      precision,
      provider,
      ...[engineBytes, modelBytes, engineBytes + modelBytes].map(bytes),
      milliseconds(result.firstPredictionMs),
      milliseconds(result.runMs),
      peakBytes === undefined ? "–" : bytes(peakBytes),
      differsBy === undefined ? "–" : differsBy.toExponential(1),
    ];
  });
  const head = ["bundle", "weights", "provider", "engine", "model", "sum", "first prediction after"];
  const columns = [...head, "each further run", "peak memory", "differs by"];
  const line = megabits === undefined ? "a server on this machine" : `a line of ${megabits} Mbit/s`;
  const onThreads = threads === undefined ? "" : `, ${threads} threads`;
  process.stdout.write(
    `${alignColumns([columns, ...rows], (column) => column >= 3).join("\n")}\n\n` +
      `Bytes as sent: scripts, WASM and manifest with brotli, a model's files in the smallest form that its bundle has. ` +
      `${machine.cpu}, ${machine.cores} cores${onThreads}; medians of ${visits} first visits each, in turns, each in a browser of its own, from ` +
      `${line}; a further run is the median of the later half, before which WASM runs as V8 compiles it at first; the GPU is emulated by ` +
      `this processor unless Chromium has one. Memory is the proportional set size of the page's and ` +
      `the GPU's processes, ten times a second; the last column is how far a probability is from that on WASM; load average before: ` +
      `${loadBefore.toFixed(1)}.\n`,
  );
}
