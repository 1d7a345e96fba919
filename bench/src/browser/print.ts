import { counted } from "@fleuron/model";
import { alignColumns } from "../align-columns.js";
import { describeMachine } from "../compare/machine.js";
import type { BrowserResults } from "./measure.js";
import type { BrowserOptions } from "./options.js";

const headings = ["contender", "total", "preprocessing", "run"];

/** A table, or one object with the machine that it was measured on. */
export function printBrowser(
  { results, absent }: BrowserResults,
  { json, steps, threads, loadBefore }: BrowserOptions & { readonly loadBefore: number },
): void {
  const machine = describeMachine();
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ machine, loadAverage: loadBefore, steps, threads, results, absent })}\n`,
    );
    return;
  }
  const cell = (milliseconds: number | undefined) =>
    milliseconds === undefined ? "" : `${milliseconds.toFixed(1)} ms`;
  const rows = results.map(({ contender, medians }) => [
    contender,
    ...headings.slice(1).map((part) => cell(medians[part])),
  ]);
  const left = absent.map(({ name, absence }) => [name, `not measured: ${absence}`]);
  const [ours, bare] = results.map(({ medians }) => medians) as [
    Record<string, number>,
    Record<string, number>,
  ];
  const withoutPreprocessing = ours.total! - ours.preprocessing!;
  process.stdout.write(
    `${alignColumns([headings, ...rows, ...left], (column) => column >= 1).join("\n")}\n\n` +
      `classify without preprocessing: ${withoutPreprocessing.toFixed(1)} ms, ` +
      `${(withoutPreprocessing / bare.total!).toFixed(2)}× a bare run.\n` +
      `${machine.cpu}, ${machine.cores} cores, ${threads} threads; medians of ${counted(steps, "turn")}. Fleuron and the two ways of preprocessing ` +
      `get a photo of 500×333, the bare run and tfjs a tensor that is there; load average before: ${loadBefore.toFixed(1)}.\n`,
  );
}
