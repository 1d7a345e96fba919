// A table that fits: the columns that matter least are left out first.
import stringWidth from "string-width";
import type { Canvas } from "./canvas.js";
import { type Column, table } from "./table.js";

export interface RankedColumn<Row> extends Column {
  /** 0 always stays; the highest goes first. */
  readonly rank: number;
  readonly cell: (row: Row, index: number) => string;
}

export function rankedTable<Row>(
  columns: readonly RankedColumn<Row>[],
  rows: readonly Row[],
  { colours, width }: Canvas,
): readonly string[] {
  const lines = table({
    columns,
    rows: rows.map((row, index) => columns.map(({ cell }) => cell(row, index))),
    heading: colours.dim,
  });
  const highest = Math.max(...columns.map(({ rank }) => rank));
  if (highest === 0 || lines.every((line) => stringWidth(line) <= width)) return lines;
  return rankedTable(
    columns.filter(({ rank }) => rank < highest),
    rows,
    { colours, width },
  );
}
