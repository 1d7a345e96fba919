import { lossText, percent, percentOrDash } from "@fleuron/model";
import type { ComparedRun, Comparison } from "@fleuron/trainer";
import { shownPath } from "../paths.js";
import type { Canvas } from "../terminal/canvas.js";
import { duration } from "../terminal/duration.js";
import { type Pair, pairLines } from "../terminal/pairs.js";
import { type RankedColumn, rankedTable } from "../terminal/ranked-table.js";
import { type Column, leastWidth, table } from "../terminal/table.js";
import { textWidth } from "../terminal/text-width.js";

const COLUMNS: readonly RankedColumn<ComparedRun>[] = [
  { heading: "run", align: "left", rank: 0, cell: nameOf },
  { heading: "recipe", align: "left", rank: 2, cell: ({ recipe }) => recipe },
  { heading: "best", align: "right", rank: 0, cell: ({ best }) => percentOrDash(best?.valAccuracy) },
  { heading: "95% interval", align: "right", rank: 1, cell: ({ interval }) => intervalOf(interval) },
  {
    heading: "largest class",
    align: "right",
    rank: 1,
    cell: ({ largestClass }) => percentOrDash(largestClass?.share),
  },
  { heading: "loss", align: "right", rank: 0, cell: ({ best }) => (best ? lossText(best.valLoss) : NONE) },
  { heading: "epoch", align: "right", rank: 3, cell: ({ best, metrics }) => epochOf(best, metrics.length) },
  {
    heading: "last",
    align: "right",
    rank: 4,
    cell: ({ metrics }) => percentOrDash(metrics.at(-1)?.valAccuracy),
  },
  { heading: "took", align: "right", rank: 5, cell: ({ seconds }) => duration(seconds) },
];

/** The runs' figures, the settings that differ, what to beware of, and where the page is. */
export function comparisonLines(
  { runs, differences, notes, file }: Comparison & { readonly file: string },
  canvas: Canvas,
): readonly string[] {
  const { warning } = canvas.colours;
  return [
    ...rankedTable(COLUMNS, runs, canvas),
    "",
    ...settings(runs, differences, canvas),
    ...notes.flatMap((note) => [`${warning("note:")} ${note}`, ""]),
    `curves: ${shownPath(file)}`,
  ];
}

const NONE = "–";
const intervalOf = (interval: ComparedRun["interval"]) =>
  interval?.map((bound) => percent(bound)).join(" to ") ?? NONE;
const epochOf = (best: ComparedRun["best"], epochs: number) => (best ? `${best.epoch} of ${epochs}` : NONE);

function nameOf({ name, status }: ComparedRun, index: number): string {
  return `${index + 1} ${name}${status === "completed" ? "" : ` (${status})`}`;
}

function settings(
  runs: readonly ComparedRun[],
  differences: Comparison["differences"],
  canvas: Canvas,
): readonly string[] {
  if (runs.length === 1) return [];
  if (differences.length === 0) return ["All settings are the same.", ""];
  const { inTable, below } = dividedToFit(runs, differences, canvas.width);
  return [
    ...(inTable.length > 0
      ? [...table({ ...settingsTable(runs, inTable), heading: canvas.colours.dim, width: canvas.width }), ""]
      : []),
    ...below.flatMap((difference) => settingLines(difference, canvas)),
    ...(below.length > 0 ? [""] : []),
  ];
}

const settingsTable = (runs: readonly ComparedRun[], differences: Comparison["differences"]) => ({
  columns: [
    { heading: "settings that differ", align: "left" },
    ...runs.map((_, index): Column => ({ heading: String(index + 1), align: "left" })),
  ] as const,
  rows: differences.map(({ setting, values }) => [setting, ...values.map((value) => value ?? NONE)]),
});

/** The settings whose values all fit beside each other, and the others: one long value would push all columns out. */
function dividedToFit(
  runs: readonly ComparedRun[],
  differences: Comparison["differences"],
  width: number,
): { readonly inTable: Comparison["differences"]; readonly below: Comparison["differences"] } {
  const longest = ({ values }: Comparison["differences"][number]) =>
    Math.max(...values.map((value) => textWidth(value ?? NONE)));
  const byLength = differences.toSorted((one, other) => longest(one) - longest(other));
  const fits = (some: Comparison["differences"]) =>
    leastWidth(settingsTable(runs, some), Number.POSITIVE_INFINITY) <= width;
  let shortest = byLength.length;
  while (shortest > 0 && !fits(byLength.slice(0, shortest))) shortest--;
  const chosen = new Set(byLength.slice(0, shortest));
  return {
    inTable: differences.filter((difference) => chosen.has(difference)),
    below: differences.filter((difference) => !chosen.has(difference)),
  };
}

/** A setting on lines of its own: each value with the runs that have it. */
function settingLines(
  { setting, values }: Comparison["differences"][number],
  { colours, width }: Canvas,
): readonly string[] {
  const runsOf = new Map<string, number[]>();
  for (const [index, value] of values.entries()) {
    const runs = runsOf.get(value ?? NONE) ?? [];
    runsOf.set(value ?? NONE, [...runs, index + 1]);
  }
  const pairs = [...runsOf].map(([value, runs]): Pair => [runs.join(", "), value]);
  return [colours.dim(setting), ...pairLines(pairs, width)];
}
