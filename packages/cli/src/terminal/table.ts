// Tables of text: columns as wide as their widest cell, numbers to the right.
import { textWidth } from "./text-width.js";
import { wrapCell } from "./wrap.js";

export interface Column {
  readonly heading: string;
  readonly align: "left" | "right";
}

export const pad = (text: string, width: number, align: Column["align"]): string => {
  const space = " ".repeat(Math.max(0, width - textWidth(text)));
  return align === "left" ? text + space : space + text;
};

export interface TableOptions {
  readonly columns: readonly Column[];
  /** Cells may carry colours. */
  readonly rows: readonly (readonly string[])[];
  /** Applied to the padded heading line. */
  readonly heading: (line: string) => string;
  /** The lines' most columns: texts that do not fit are broken into several lines. Default: no limit. */
  readonly width?: number;
}

const GAP = "  ";
/** Narrower than this a column of text cannot be read. */
const NARROWEST_TEXT = 8;

/** The lines of a table, headings first. */
export function table({
  columns,
  rows,
  heading,
  width = Number.POSITIVE_INFINITY,
}: TableOptions): readonly string[] {
  const widths = narrowed(columns, naturalWidths({ columns, rows }), width);
  const lines = (cells: readonly string[]): readonly string[] => {
    const wrapped = columns.map((_, index) => wrapCell(cells[index] ?? "", widths[index]!));
    const height = Math.max(...wrapped.map(({ length }) => length));
    return Array.from({ length: height }, (_, at) =>
      columns
        .map(({ align }, index) => pad(wrapped[index]![at] ?? "", widths[index]!, align))
        .join(GAP)
        .trimEnd(),
    );
  };
  return [...lines(columns.map((column) => column.heading)).map(heading), ...rows.flatMap(lines)];
}

/** The narrowest that a table can be without breaking texts that are shorter than `text`. */
export function leastWidth(options: Pick<TableOptions, "columns" | "rows">, text: number): number {
  const widths = naturalWidths(options).map((width, index) =>
    options.columns[index]!.align === "left" ? Math.min(width, text) : width,
  );
  return widthOf(widths);
}

const naturalWidths = ({ columns, rows }: Pick<TableOptions, "columns" | "rows">): readonly number[] =>
  columns.map((column, index) =>
    Math.max(textWidth(column.heading), ...rows.map((row) => textWidth(row[index] ?? ""))),
  );

const widthOf = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1);

/** Takes from the widest columns of text until the table fits, or all of them are as narrow as can be. */
function narrowed(columns: readonly Column[], natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural];
  const isText = ({ align }: Column) => align === "left";
  for (let excess = widthOf(widths) - width; excess > 0; excess--) {
    const widest = Math.max(...widths.filter((_, index) => isText(columns[index]!)));
    if (!(widest > NARROWEST_TEXT)) break;
    widths[widths.findIndex((each, index) => each === widest && isText(columns[index]!))]!--;
  }
  return widths;
}
