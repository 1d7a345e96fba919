import { percent } from "@fleuron/model";
import { alignColumns } from "../align-columns.js";
import type { Machine } from "../compare/machine.js";
import type { ProfileRow, StepProfile } from "./summarise.js";

export interface PrintedProfile extends StepProfile {
  readonly machine: Machine;
  readonly threads: number;
  /** The average of the minute before. */
  readonly loadAverage: number;
}

const columns = ["ms", "of the step", "GFLOP", "of the product's rate", "memory alone, ms"];

/** Two tables and a note, aligned or in Markdown. */
export function profileText(profile: PrintedProfile, format: "text" | "markdown"): string {
  const table = (what: string, rows: readonly ProfileRow[]) => {
    const lines = [[what, ...columns], ...rows.map(cells)];
    return (format === "text" ? alignColumns(lines, (column) => column > 0) : markdown(lines)).join("\n");
  };
  const { byLayer, byOperator } = profile;
  return `${[table("layer", byLayer), table("operator", byOperator), note(profile)].join("\n\n")}\n`;
}

const cells = ({ what, ms, share, gflop, shareOfRate, memoryMs }: ProfileRow): readonly string[] => [
  what,
  ms.toFixed(1),
  percent(share),
  gflop === 0 ? "" : gflop.toFixed(2),
  shareOfRate === null ? "" : percent(shareOfRate),
  memoryMs === 0 ? "" : memoryMs.toFixed(1),
];

function markdown([headings, ...rows]: readonly (readonly string[])[]): readonly string[] {
  const line = (row: readonly string[]) => `| ${row.join(" | ")} |`;
  const rule = headings!.map((_, column) => (column === 0 ? "---" : "---:"));
  return [line(headings!), line(rule), ...rows.map(line)];
}

function note({ machine, threads, loadAverage, stepMs, rates }: PrintedProfile): string {
  const { cpu, cores, extensions } = machine;
  return [
    `${cpu}, ${cores} cores (${extensions?.join(", ") ?? "extensions unknown"}), ${threads} threads; load average before: ${loadAverage.toFixed(1)}.`,
    `The fastest of the steps, ${stepMs.toFixed(0)} ms; matrix product ${rates.gflops.toFixed(0)} GFLOP/s, memory ${rates.gigabytesPerSecond.toFixed(1)} GB/s, the best of the same run.`,
  ].join("\n");
}
