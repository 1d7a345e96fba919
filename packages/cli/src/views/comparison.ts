import type { ComparedRun, Comparison } from "@fleuron/trainer";
import { shownPath } from "../paths.js";
import type { Canvas } from "../terminal/canvas.js";
import { duration } from "../terminal/duration.js";
import { percent } from "../terminal/numbers.js";
import { type RankedColumn, rankedTable } from "../terminal/ranked-table.js";
import { type Column, table } from "../terminal/table.js";

const COLUMNS: readonly RankedColumn<ComparedRun>[] = [
  { heading: "run", align: "left", rank: 0, cell: nameOf },
  { heading: "recipe", align: "left", rank: 2, cell: ({ recipe }) => recipe },
  { heading: "best", align: "right", rank: 0, cell: ({ best }) => share(best?.valAccuracy) },
  { heading: "95% interval", align: "right", rank: 1, cell: ({ interval }) => intervalOf(interval) },
  { heading: "loss", align: "right", rank: 0, cell: ({ best }) => best?.valLoss.toFixed(4) ?? NONE },
  { heading: "epoch", align: "right", rank: 3, cell: ({ best, metrics }) => epochOf(best, metrics.length) },
  { heading: "last", align: "right", rank: 4, cell: ({ metrics }) => share(metrics.at(-1)?.valAccuracy) },
  { heading: "took", align: "right", rank: 5, cell: ({ seconds }) => duration(seconds) },
];

/** The runs' figures, the settings that differ, what to beware of, and where the page is. */
export function comparisonLines(
  { runs, differences, notes, file }: Comparison & { readonly file: string },
  canvas: Canvas,
): readonly string[] {
  const { dim, warning } = canvas.colours;
  return [
    ...rankedTable(COLUMNS, runs, canvas),
    "",
    ...settings(runs, differences, dim),
    ...notes.flatMap((note) => [`${warning("note:")} ${note}`, ""]),
    `curves: ${shownPath(file)}`,
  ];
}

const NONE = "–";
const share = (value: number | undefined) => (value === undefined ? NONE : percent(value));
const intervalOf = (interval: ComparedRun["interval"]) =>
  interval?.map((bound) => percent(bound)).join(" to ") ?? NONE;
const epochOf = (best: ComparedRun["best"], epochs: number) => (best ? `${best.epoch} of ${epochs}` : NONE);

function nameOf({ name, status }: ComparedRun, index: number): string {
  return `${index + 1} ${name}${status === "completed" ? "" : ` (${status})`}`;
}

function settings(
  runs: readonly ComparedRun[],
  differences: Comparison["differences"],
  heading: (line: string) => string,
): readonly string[] {
  if (runs.length === 1) return [];
  if (differences.length === 0) return ["All settings are the same.", ""];
  const columns = runs.map((_, index): Column => ({ heading: String(index + 1), align: "left" }));
  return [
    ...table({
      columns: [{ heading: "settings that differ", align: "left" }, ...columns],
      rows: differences.map(({ setting, values }) => [setting, ...values.map((value) => value ?? NONE)]),
      heading,
    }),
    "",
  ];
}
