// A table that fits: the columns that matter least are left out first, then long texts are broken.
import type { Canvas } from "./canvas.js";
import { leftOutToFit, type Ranked } from "./fit.js";
import { type Column, leastWidth, table } from "./table.js";

export interface RankedColumn<Row> extends Column, Ranked {
  readonly cell: (row: Row, index: number) => string;
}

/** Texts that are longer are broken before a column is left out. */
const LONG_TEXT = 20;

export function rankedTable<Row>(
  columns: readonly RankedColumn<Row>[],
  rows: readonly Row[],
  { colours, width }: Canvas,
): readonly string[] {
  const cellsOf = (some: readonly RankedColumn<Row>[]) =>
    rows.map((row, index) => some.map(({ cell }) => cell(row, index)));
  const fits = (some: readonly RankedColumn<Row>[]) =>
    leastWidth({ columns: some, rows: cellsOf(some) }, LONG_TEXT) <= width;
  const chosen = leftOutToFit(columns, fits);
  return table({ columns: chosen, rows: cellsOf(chosen), heading: colours.dim, width });
}
