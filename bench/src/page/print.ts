import { alignColumns } from "../align-columns.js";
import { describeMachine } from "../compare/machine.js";
import { devices } from "./devices.js";
import type { PageResults, Visit } from "./measure.js";

export const milliseconds = (value: number) => `${value.toFixed(0)} ms`;
export const bytes = (value: number) =>
  value < 1e6 ? `${(value / 1e3).toFixed(0)} kB` : `${(value / 1e6).toFixed(1)} MB`;

const lines: readonly (readonly [words: string, figure: keyof Visit, format: (value: number) => string])[] = [
  ["first contentful paint", "firstContentfulPaintMs", milliseconds],
  ["largest contentful paint", "largestContentfulPaintMs", milliseconds],
  ["cumulative layout shift", "layoutShift", (value) => value.toFixed(3)],
  ["total blocking time", "totalBlockingMs", milliseconds],
  ["longest task", "longestTaskMs", milliseconds],
  ["model ready after", "readyMs", milliseconds],
  ["photo named after a click", "namingMs", milliseconds],
  ["bytes of the page", "pageBytes", bytes],
  ["bytes of onnxruntime and its worker", "runtimeBytes", bytes],
  ["bytes of the model", "modelBytes", bytes],
];

export interface PrintPageOptions {
  readonly visits: number;
  readonly json: boolean;
  readonly loadBefore: number;
}

/** A table, or one object with the machine that it was measured on. */
export function printPage(results: PageResults, { visits, json, loadBefore }: PrintPageOptions): void {
  const machine = describeMachine();
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ machine, loadAverage: loadBefore, visits, devices, results })}\n`,
    );
    return;
  }
  const rows = lines.map(([words, figure, format]) => [
    words,
    format(results.phone[figure]),
    format(results.desktop[figure]),
  ]);
  process.stdout.write(
    `${alignColumns([["", "phone", "desktop"], ...rows], (column) => column >= 1).join("\n")}\n\n` +
      `${machine.cpu}, ${machine.cores} cores; medians of ${visits} first visits each, in turns, from a server on this ` +
      `machine, uncompressed; a phone is ${devices.phone.viewport.width} pixels wide and its main thread ` +
      `${devices.phone.slowdown} times slower; load average before: ${loadBefore.toFixed(1)}.\n`,
  );
}
