// A table that fits: the columns that matter least are left out first.
import stringWidth from "string-width";
import type { Canvas } from "./canvas.js";
import { leftOutToFit, type Ranked } from "./fit.js";
import { type Column, table } from "./table.js";

export interface RankedColumn<Row> extends Column, Ranked {
  readonly cell: (row: Row, index: number) => string;
}

export function rankedTable<Row>(
  columns: readonly RankedColumn<Row>[],
  rows: readonly Row[],
  { colours, width }: Canvas,
): readonly string[] {
  const lines = (some: readonly RankedColumn<Row>[]) =>
    table({
      columns: some,
      rows: rows.map((row, index) => some.map(({ cell }) => cell(row, index))),
      heading: colours.dim,
    });
  const fits = (some: readonly RankedColumn<Row>[]) =>
    lines(some).every((line) => stringWidth(line) <= width);
  return lines(leftOutToFit(columns, fits));
}
