import type { ComparedRun, Comparison } from "@fleuron/trainer/node";
import { shownPath } from "../paths.js";
import type { Canvas } from "../terminal/canvas.js";
import { duration } from "../terminal/duration.js";
import { percent } from "../terminal/numbers.js";
import { type Column, table } from "../terminal/table.js";

const COLUMNS: readonly Column[] = [
  { heading: "run", align: "left" },
  { heading: "recipe", align: "left" },
  { heading: "best", align: "right" },
  { heading: "95% interval", align: "right" },
  { heading: "loss", align: "right" },
  { heading: "epoch", align: "right" },
  { heading: "last", align: "right" },
  { heading: "took", align: "right" },
];

/** The runs' figures, the settings that differ, what to beware of, and where the page is. */
export function comparisonLines(
  { runs, differences, notes, file }: Comparison & { readonly file: string },
  { colours: { dim, warning } }: Canvas,
): readonly string[] {
  return [
    ...table({ columns: COLUMNS, rows: runs.map(figures), heading: dim }),
    "",
    ...settings(runs, differences, dim),
    ...notes.flatMap((note) => [`${warning("note:")} ${note}`, ""]),
    `curves: ${shownPath(file)}`,
  ];
}

function figures({ name, recipe, status, best, interval, metrics, seconds }: ComparedRun, index: number) {
  const last = metrics.at(-1);
  return [
    `${index + 1} ${name}${status === "completed" ? "" : ` (${status})`}`,
    recipe,
    best ? percent(best.valAccuracy) : "–",
    interval ? interval.map((bound) => percent(bound)).join(" to ") : "–",
    best ? best.valLoss.toFixed(4) : "–",
    best ? `${best.epoch} of ${metrics.length}` : "–",
    last ? percent(last.valAccuracy) : "–",
    duration(seconds),
  ];
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
      rows: differences.map(({ setting, values }) => [setting, ...values.map((value) => value ?? "–")]),
      heading,
    }),
    "",
  ];
}
