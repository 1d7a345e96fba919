// docs/reliability.md: what was tried, how often, and what was lost. Every figure is the suite's own.
import type { Entry, Results } from "./results.js";

/** In the order of `names`; faults that were never tried say so. */
export function reliabilityPage({ faults }: Results, names: readonly string[]): string {
  const known = names.flatMap((name) => faults.filter(({ fault }) => fault === name));
  return `${[
    `${headline(known)}`,
    "",
    "# Reliability",
    "",
    "What was done to Fleuron, how often, and what was lost. `pnpm test:faults` does it again, `--only` one of them,",
    "and `--seed` with the same moments and inputs; a shorter suite of the same is part of `npx pnpm test`. The suite",
    "wrote these figures: [reliability.json](reliability.json) has them all.",
    "",
    ...table([
      ["fault", "times tried", "survived", "lost", "command"],
      ...known.map((entry) => [
        entry.what,
        figure(entry.tried),
        figure(entry.survived),
        lostOf(entry),
        `\`${entry.command}\``,
      ]),
    ]),
    "",
    "## Of which",
    "",
    ...table([
      ["fault", "what was tried", "times"],
      ...known.flatMap((entry) =>
        Object.entries(entry.kinds).map(([kind, times]) => [entry.fault, kind, figure(times)]),
      ),
    ]),
  ].join("\n")}\n`;
}

function headline(entries: readonly Entry[]): string {
  const processors = [...new Set(entries.map(({ processor }) => processor))].join("; ");
  const days = entries.map(({ began }) => began.slice(0, 10)).sort();
  const [first = "", last = ""] = [days[0], days.at(-1)];
  return `Processor: ${processors}. Date: ${first === last ? first : `${first} to ${last}`}.`;
}

function lostOf({ skipped, lost }: Entry): string {
  if (skipped !== undefined) return `not tried: ${skipped}`;
  return lost.length === 0
    ? "nothing"
    : lost.map(({ kind, what }) => `${kind}: ${firstLine(what)}`).join("; ");
}

const firstLine = (text: string): string => text.split("\n", 1)[0]!.replaceAll("|", "\\|");

const figure = (value: number): string => value.toLocaleString("en-US");

/** Cells of equal width, as the formatter of Markdown has it. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length), 3));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const [head, ...body] = rows;
  return [line(head!), line(widths.map((width) => "-".repeat(width))), ...body.map(line)];
}
